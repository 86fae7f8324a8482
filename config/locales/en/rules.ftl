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

# Assignment rules

rules-assignment-text = Who gets new cases. The first rule that matches decides; a case that no rule matches waits for somebody to take it.
rules-rule = Rule
rules-cases = Which cases
rules-cases-hint = everything that is chosen must be so
rules-to = Goes to
rules-order = Order
rules-add = Add a rule
rules-change = Change the rule
rules-up = Move up: { $name }
rules-down = Move down: { $name }
rules-archive = Archive
rules-archived = Archived rules
rules-restore = Use again
rules-is-archived = This rule is archived and gives nothing away. Used again, it comes last.
rules-none = No rules yet
rules-none-text = Without rules new cases wait in “Not taken yet” until somebody takes them.
rules-name = Name of the rule
rules-name-hint = as it will stand on the timeline of the cases
rules-any = Does not matter
rules-voice = Voice
rules-kind = Kind
rules-topic = Topic
rules-lang = Written in
rules-channel-field = Channel
rules-channel-hint = empty: does not matter
rules-segment-hint = empty: does not matter
rules-by-load = To whoever has the fewest open cases
rules-by-load-hint = of the team, among those who are not away
rules-person = Person
rules-person-hint = if they are away, whoever stands in for them
rules-no-person = Nobody in particular
rules-try = Try it
rules-try-text = Trying shows what the rule would have done with the last 50 cases. Nothing is changed by it.
rules-everything = Everything
rules-about = about “{ $what }”
rules-channel = by { $what }
rules-in-en = in English
rules-in-ru = in Russian
rules-segment = segment “{ $what }”
rules-to-fewest = { $team }: whoever has the fewest open cases
rules-to-both = { $person }, for { $team }
rules-team-only = { $team }, nobody in particular
rules-trial = What it would have done
rules-trial-text = Latest cases looked at: { $looked }. It would have given away: { $given }.
rules-trial-untouched = { $n ->
    [0] It is meant for all of them.
    [one] It is not meant for { $n } other.
   *[other] It is not meant for { $n } others.
}
rules-trial-before = { $n ->
    [one] { $n } case it does not reach: “{ $rule }” comes first
   *[other] { $n } cases it does not reach: “{ $rule }” comes first
}
rules-trial-case = Case
rules-trial-nothing = There are no cases to try it on yet.
error-rule-nobody = Please choose a team or a person: the rule must give cases to somebody.
error-rule-load-team = Please choose the team among whose people the cases are shared out.
error-rule-load-person = Either a person, or whoever has the fewest open cases: please choose one of the two.
error-rule-topic = This topic is not offered, so no new case can have it.
error-rule-shadowed = This rule would never be reached: “{ $rule }” comes first and takes everything it is meant for.
error-rule-shadows = Then “{ $rule }”, which comes later, would never be reached.
