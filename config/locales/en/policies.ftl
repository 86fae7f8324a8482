# What is promised to whom.

policies = Promises
policies-text = Every case gets the first of these that matches it. What is counted in working hours goes by the team's calendar.
policies-policy = Promise
policies-add = Add a promise
policies-new-text = A new one is tried before the others, as far as that leaves something to them. You can move it afterwards.
policies-name = Name
policies-promised = What is promised
policies-promised-text = Working hours count while the team works. Days count as the calendar on the wall does.
policies-promise = { $target }: { $length }
policies-first_response = First answer
policies-next_response = Next answer
policies-resolution = Resolution
policies-tell_back = News of the outcome
policies-hours =
    { $n ->
        [one] { $n } working hour
       *[other] { $n } working hours
    }
policies-days =
    { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
policies-unit = Unit
policies-unit-h = working hours
policies-unit-d = days
policies-span-wrong = Enter a number above zero: hours may have a fraction, days are whole. Ten years are the most.
policies-open = Open now
policies-open-apart = not shown
policies-counted = Counted among { $n } open cases.
policies-order = Order
policies-up = Up
policies-down = Down
policies-not-for-all = No promise is for every case. Cases that none of these matches are promised an answer in 5 days and an outcome in 30.
policies-too-many = More than { $max } promises are too many to keep in view. Change one that is archived instead.

policies-criteria = Which cases it is for
policies-criteria-text = Everything you choose here must be so. Leave all of it open and it is for every case that no earlier promise takes.
policies-everyone = Every case that is left
policies-any = Any
policies-kind = Kind
policies-voice = Who says it
policies-severity = Severity
policies-severity-low = Low severity
policies-severity-normal = Normal severity
policies-severity-high = High severity
policies-severity-critical = Critical
policies-topic = Topic
policies-channel = Channel
policies-segment = Segment
policies-word-hint = empty for any
policies-same = "{ $other }" is for just the same cases. Change that one, or choose other cases.
policies-left-nothing = Nothing would be left to it: "{ $other }" is tried earlier and is for all of these cases.
policies-leaves-nothing = Nothing would be left to "{ $other }": it comes later and all its cases would be taken.

policies-alerts = Before and after it is broken
policies-warn = Warn the owner
policies-warn-hint = when this share of the time is used up, in percent
policies-lead = Tell the team's lead
policies-after-breach = so long after a promise is broken
policies-head = Tell the head
policies-apart = Kept apart: only the case's team and owner see these cases
policies-apart-tag = Kept apart

policies-archived = Archived
policies-archived-tag = Archived
policies-archive = Archive
policies-archive-text = Archived, it is promised to nobody any more. Open cases go to the next promise that matches.
policies-restore = Offer it again
policies-restore-text = It is archived and promised to nobody.

policies-presets = Ready-made
policies-choose = Choose
policies-preset-iso_10002 = Complaints by ISO 10002
policies-preset-iso-text = A person answers within a working day, the complainant always knows where it stands, and the decision is told as soon as it is taken. It takes the place of a promise for all complaints.
policies-preset-speak_up = Speaking up
policies-preset-speak-up-text = Reports of wrongdoing under a topic of their own: acknowledged within 7 days, feedback within 3 months, kept apart. They go to the team you choose.
policies-preset-team-hint = who looks into the reports
policies-preset-team = Choose the team that looks into the reports.
policies-preset-no-team = Add a team for it first
policies-preset-added = Added. Change what you like.
policies-preset-there = This promise is there already.
policies-preset-taken = There is one of this name already, perhaps among the archived ones. Rename it first.
