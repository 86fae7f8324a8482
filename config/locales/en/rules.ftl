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

# Absence

people-absence = Absence
people-absence-mine = My absence
people-absence-of = { $name }: absence and segment
people-absence-segment = Absence and segment
people-absence-text = Tell us when you are away and who stands in for you: new cases that rules would give to you go to them.
people-absence-plan = Say when you are away
people-absence-none = No absence is planned.
people-absence-now = Away until { $until }. Nobody stands in.
people-absence-now-deputy = Away until { $until }. { $deputy } stands in.
people-absence-until = Away until
people-absence-until-hint = the last day; leave it empty for somebody who is there
people-absence-deputy = Stands in
people-absence-deputy-hint = gets new cases and hears of messages meanwhile
people-absence-no-deputy = Nobody
people-segment = Segment
people-segment-hint = a word that rules and promises go by, such as “night shift”
people-team-lead = Lead
people-team-lead-hint = decides what goes beyond the rights of the team, hears of missed promises
people-team-head = Head
people-team-head-hint = comes next, above the lead
people-team-nobody = Nobody
error-date-far = Please choose a day that is not so far away.
error-deputy-self = Nobody can stand in for themselves.
error-deputy-loop = They are away too, and in the end it comes back here: somebody must be there. Please choose another person.
