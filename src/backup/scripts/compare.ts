import { FIGURES_FILE } from '../engine-backup';

/** Prints the lines of two files of figures that contradict each other, and fails if there are any. */
const COMPARE_AWK = `
BEGIN { FS = "\\t" }
{ key = $1 FS $2 FS $3 }
FILENAME == ARGV[1] && NF != 4 { bad("line " FNR " of the figures of the backup is not complete"); next }
FILENAME == ARGV[1] { expected[key] = $4; n++; next }
{ seen[key] = 1 }
!(key in expected) { if ($1 != "required") bad($2 " " $3 " is not in the backup"); next }
$1 == "equal" && $4 != expected[key] { bad(difference()) }
$1 == "min" && $4 + 0 < expected[key] + 0 { bad(difference()) }
$1 == "max" && $4 + 0 > expected[key] + 0 { bad(difference()) }
$1 ~ /^(definition|required)$/ {
  split($4, actual, " "); split(expected[key], source, " ")
  if (actual[1] == source[1] && actual[2] != source[2]) bad($2 " " $3 " has another definition")
}
function difference() { return $2 " " $3 ": " expected[key] " in the backup, " $4 " in the restored server" }
function bad(text) { if (++problems <= 50) print text }
END {
  for (key in expected) {
    split(key, part, FS)
    if (!(key in seen)) bad(part[2] " " part[3] " is missing in the restored server")
  }
  if (n == 0) bad("the backup has no figures")
  if (problems) { print problems " differences"; exit 1 }
  print n " figures are equal"
}
`;

/** Defines `compare DIRECTORY`: fails unless the connected server has the figures of the backup in a directory. */
export const COMPARE = `compare() {
  cat > /tmp/compare.awk <<'AWK'${COMPARE_AWK}AWK
  figures "$1" > /tmp/figures.restored
  awk -f /tmp/compare.awk "$1/${FIGURES_FILE}" /tmp/figures.restored \\
    || problem 'The restored data differs from the backup.'
}
`;
