/** Types whose text depends on settings of a session, objects of all kinds, and names that need quotes. */
export const TABLES = `
create table kinds (
  id int primary key auto_increment, f float, d double, n decimal(20, 5), t timestamp(6) null, dt datetime(3),
  tm time(2), y year, bits bit(9), b blob, lb longblob, l varchar(100) character set latin1,
  u varchar(100) character set utf8mb4, j json, e enum('a', 'b,c'), s set('x', 'y'), g geometry, bin binary(4),
  gen int generated always as (year(dt)) virtual, kept int generated always as (length(u)) stored
);
insert into kinds (f, d, n, t, dt, tm, y, bits, b, lb, l, u, j, e, s, g, bin) values
  (1.5, 0.1, 1.5, '2024-03-31 02:30:00.123456', '2024-01-01 00:00:00.123', '10:00:00.12', 2024, b'101',
   '\\0''"\\\\', repeat('x', 100000), _latin1 x'e9', 'é😀', '{"a": 1.0, "b": [1, 2.50]}', 'b,c', 'x,y',
   ST_GeomFromText('POINT(1 2)'), 'ab'),
  (null, 1e300, -1, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
create table \`odd\`\`"name"\` (\`a b\` int, \`c\`\`d\` text);
insert into \`odd\`\`"name"\` values (1, 'x'), (null, null);
create table empty_table (id int primary key);
create table parent (id int primary key) partition by hash (id) partitions 3;
create table history (id bigint primary key auto_increment, v varchar(100), n int, check (n > 0));
create table other (id bigint primary key auto_increment, v varchar(100), n int);
create view readable as select id, d from kinds;
create function next_of(x int) returns int deterministic return x + 1;
create event prune on schedule every 1 day do delete from empty_table;
create trigger stamp before insert on other for each row set new.v = concat(new.v, '!');
delimiter //
create procedure work(seconds int) begin
  declare finish datetime default now() + interval seconds second;
  declare continue handler for 1213 rollback;
  while now() < finish do
    start transaction;
    insert into history (v, n) values (uuid(), 1);
    update history set n = n + 1 where id = 1 + floor(rand() * 1000);
    insert into other (v, n) select v, n from history order by id desc limit 3;
    delete from other where id = 1 + floor(rand() * 10000);
    commit;
  end while;
end//
delimiter ;
call work(2);
`;
