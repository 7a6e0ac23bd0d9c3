//! Compiles the program in the file of the first argument, and runs it on events from stdin, one JSON object per line.
use std::{collections::BTreeMap, env, fs, io, process};
use vrl::compiler::{compile, state::RuntimeState, Context, TargetValue, TimeZone};
use vrl::diagnostic::Formatter;
use vrl::value::{Secrets, Value};

fn main() {
    let source = fs::read_to_string(env::args().nth(1).expect("a program")).expect("a readable program");
    let compiled = compile(&source, &vrl::stdlib::all()).unwrap_or_else(|problems| {
        eprintln!("{}", Formatter::new(&source, problems));
        process::exit(1);
    });
    for line in io::stdin().lines() {
        let event: serde_json::Value = serde_json::from_str(&line.expect("a line")).expect("an event");
        let mut target = TargetValue {
            value: Value::from(event),
            metadata: Value::Object(BTreeMap::new()),
            secrets: Secrets::default(),
        };
        let mut state = RuntimeState::default();
        let timezone = TimeZone::default();
        if let Err(problem) = compiled.program.resolve(&mut Context::new(&mut target, &mut state, &timezone)) {
            eprintln!("{problem}");
            process::exit(1);
        }
        println!("{}", serde_json::to_string(&target.value).expect("a record"));
    }
}
