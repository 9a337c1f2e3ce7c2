load common

commands="vectorize train resume update topics evaluate sweep infer similar info report plot export convert"

@test "--help, -h and help print the overview to standard output" {
  for word in --help -h help; do
    run --separate-stderr svi_lda "$word"
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    for command in $commands; do [[ $output == *"  $command "* ]]; done
    [[ $output == *"Examples:"* ]]
  done
}

@test "every command explains itself, with groups, defaults and examples at the end" {
  for command in $commands; do
    run --separate-stderr svi_lda "$command" --help
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [[ ${lines[0]} == "Usage: svi-lda $command "* ]]
    [[ $output == *"General:"* ]]
    [[ $output == *"[default: "* ]]
    [[ ${output##*Examples:} == *"svi-lda $command "* ]]
    by_flag=$output
    run --separate-stderr svi_lda help "$command"
    [ "$status" -eq 0 ]
    [ "$output" = "$by_flag" ]
  done
}

@test "--version prints name and version" {
  run --separate-stderr svi_lda --version
  [ "$status" -eq 0 ]
  [[ $output =~ ^svi-lda\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}

@test "without arguments the overview goes to standard error, exit 2" {
  run --separate-stderr svi_lda
  [ "$status" -eq 2 ]
  [ -z "$output" ]
  [[ $stderr == Usage:* ]]
}

@test "unknown commands and options are named, with the nearest" {
  fails 2 "unknown command 'trian'; did you mean 'train'\?" svi_lda trian
  fails 2 "unknown command 'zzzzzz'; " svi_lda zzzzzz
  fails 2 "unknown option '--verison'; " svi_lda --verison
  fails 2 "unknown option '--topcs'; did you mean '--topics'\?" svi_lda train c -o r --topcs 3
  fails 2 "unknown option '--top'; did you mean '--topics'\?" svi_lda train c -o r --top 3
  fails 2 "unknown option '-x'; " svi_lda info -x path
  fails 2 "unknown command 'nothing'; " svi_lda help nothing
}

@test "a manual page is made from the same table" {
  run --separate-stderr svi_lda man-page
  [ "$status" -eq 0 ]
  [[ $output == ".TH SVI"* ]]
  [[ $output == *'\-\-held\-out\-fraction'* ]]
}

@test "help on a full disk fails, into a closed pipe it does not" {
  run --separate-stderr bash -c '"$SVI_LDA" train --help > /dev/full'
  [ "$status" -eq 1 ]
  [[ $stderr == "standard output: "*"No space left"* ]]
  run --separate-stderr bash -c '{ sleep 0.1; "$SVI_LDA" train --help; echo "$?" >&2; } | true'
  [ "$stderr" = 0 ]
}
