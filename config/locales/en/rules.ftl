# Who gets new cases, and who is away.

event-ruled = given to { $to } by the rule “{ $rule }”
event-ruled-nobody = found nobody who is there by the rule “{ $rule }”
ruled-fewest = { $n ->
    [one] { $n } open case, the fewest
   *[other] { $n } open cases, the fewest
}
ruled-away-until = { $away } is away until { $until }; { $to } stands in
ruled-away = { $away } is not there; { $to } stands in
ruled-nobody = nobody who could take it is there

rules-assignment = Assignment
