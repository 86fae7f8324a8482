# The council: when it meets, who sits in it, its agenda

council = Council
council-title = Councils
council-add = New council
council-none = There is no council yet
council-none-text = A council meets once a month: operations, quality, workforce management and the front line go through the backlog, decide, and see to it that three quick fixes ship.
council-none-ask = An administrator can set one up.
council-next = Next meeting
council-next-none = No meeting is planned
council-next-none-text = Meetings are made ahead by the rule of the council. Call one by hand, or look whether the rule still fits.
council-lasts = { $minutes } min
council-moved = moved
council-agenda-so-far = { $items ->
    [0] The agenda is empty so far: it fills itself from the backlog.
    [one] { $items } item on the agenda, { $minutes } min.
   *[other] { $items } items on the agenda, { $minutes } min.
}
council-agenda-read = Read the agenda
council-later = After that
council-later-none = Nothing further is planned.
council-past = Past meetings
council-call = Call a meeting beside the rule
council-call-text = For what cannot wait. It gets an agenda of its own, and members are invited.
council-call-do = Call it
council-day = Day
council-time = Time
council-fixes = Quick fixes this month
council-fixes-n = { $n } of { $quota }
council-report = The month in figures
council-actions = Open actions
council-actions-open = { $n ->
    [one] { $n } action is open
   *[other] { $n } actions are open
}
council-actions-none = Everything promised is done.
council-members = Members
council-member = Member
council-members-none = Nobody sits in it yet
council-members-none-text = Give each seat a voice: who decides together, ships together.
council-member-add = Add a member
council-member-choose = Choose a colleague
council-member-leaves = Take out of the council
council-member-leaves-text = They get no more invitations, and the meetings leave their calendar. What they decided stays.
council-member-left = They do not sit in the council any more.
council-chair = Chair
council-chairs = Chairs the council
council-chairs-hint = puts the agenda in order, leads the meeting, signs the minutes
council-seat = Speaks for
council-seat-hint = a decision needs the seats of the quorum
council-delegate = Delegate
council-delegate-hint = sits in and votes when the member cannot
council-delegate-none = nobody
council-delegate-is = { $name } sits in
seat-operations = Operations
seat-quality = Quality
seat-wfm = Workforce management
seat-front_line = Front line
seat-other = Other
council-quorum = Quorum
council-quorum-hint = how many of each seat must be there for a decision
council-quorum-is = Decides when these are there:
council-edit = Settings
council-is-closed = This council does not meet any more.
council-name = Name
council-when = When it meets
council-every = Which week
council-which-first = First of the month
council-which-second = Second of the month
council-which-third = Third of the month
council-which-fourth = Fourth of the month
council-which-last = Last of the month
council-which-week = Every week
council-which-own = A rule of your own
council-weekday = Weekday
council-rule = A rule of your own
council-rule-hint = only for the last choice above; minute, hour, day, month, weekday: 0 10 * * TUE#1
council-every-first = { $day ->
    [wed] Every first Wednesday of the month
    [fri] Every first Friday of the month
    [sat] Every first Saturday of the month
    [sun] Every first Sunday of the month
    [mon] Every first Monday of the month
    [thu] Every first Thursday of the month
   *[tue] Every first Tuesday of the month
}
council-every-second = { $day ->
    [wed] Every second Wednesday of the month
    [fri] Every second Friday of the month
    [sat] Every second Saturday of the month
    [sun] Every second Sunday of the month
    [mon] Every second Monday of the month
    [thu] Every second Thursday of the month
   *[tue] Every second Tuesday of the month
}
council-every-third = { $day ->
    [wed] Every third Wednesday of the month
    [fri] Every third Friday of the month
    [sat] Every third Saturday of the month
    [sun] Every third Sunday of the month
    [mon] Every third Monday of the month
    [thu] Every third Thursday of the month
   *[tue] Every third Tuesday of the month
}
council-every-fourth = { $day ->
    [wed] Every fourth Wednesday of the month
    [fri] Every fourth Friday of the month
    [sat] Every fourth Saturday of the month
    [sun] Every fourth Sunday of the month
    [mon] Every fourth Monday of the month
    [thu] Every fourth Thursday of the month
   *[tue] Every fourth Tuesday of the month
}
council-every-last = { $day ->
    [wed] Every last Wednesday of the month
    [fri] Every last Friday of the month
    [sat] Every last Saturday of the month
    [sun] Every last Sunday of the month
    [mon] Every last Monday of the month
    [thu] Every last Thursday of the month
   *[tue] Every last Tuesday of the month
}
council-every-week = { $day ->
    [wed] Every Wednesday
    [fri] Every Friday
    [sat] Every Saturday
    [sun] Every Sunday
    [mon] Every Monday
    [thu] Every Thursday
   *[tue] Every Tuesday
}
council-calendar = Days off
council-calendar-hint = a meeting on a day off moves to the next working day
council-calendar-none = Meets on days off, too
council-dates = It would meet on
council-dates-show = Show the next dates
council-instead-of = instead of { $day }, a day off
council-minutes = Minutes
council-minutes-hint = the agenda is filled up to that
council-quota = Quick fixes a month
council-quota-hint = more than that need a reason
council-place = Place
council-place-hint = a room, or a link to the call
council-close = Close the council
council-close-text = Planned meetings are called off, and members hear of it. Decisions and minutes stay.
council-closed = The council is closed.
council-saved-now-members = The council is there, and its next meetings. Now give it members.
council-feed = In your calendar
council-feed-text = Subscribe to an address of your own, and the meetings stand in your calendar wherever they move.
council-feed-has = Your calendar reads an address of your own. A new one stops the old one.
council-feed-make = Make my address
council-feed-renew = Make a new address
council-feed-once = Give this address to your calendar. It is shown this once; whoever has it can read when the council meets and what about.
council-meeting-moved = The meeting has a new time.
council-meeting-cancelled = The meeting is called off.
meeting-planned = planned
meeting-running = is running
meeting-ended = minutes not signed yet
meeting-signed = minutes signed
meeting-cancelled = called off

# The agenda

agenda-title = Agenda, { $when }
agenda-minutes = { $minutes } of { $of } min are planned
agenda-over = { $minutes } min too long
agenda-frozen = agenda frozen
agenda-frozen-since = frozen { $at }
agenda-fills-itself = The agenda fills itself from the backlog until it is frozen. Everybody may read it and ask.
agenda-is-cancelled = This meeting is called off.
agenda-day-off = This is a day off in the council’s calendar. Perhaps it should move?
agenda-kind-action = Promised
agenda-kind-promise = Date passed
agenda-kind-shipped = Shipped
agenda-kind-returned = Back again
agenda-kind-stalled = Stands still
agenda-kind-change = To decide
agenda-kind-topic = Topic
agenda-quick-fix = could be a quick fix
agenda-item-minutes = { $n } min
agenda-people = { $n ->
    [one] { $n } person behind it ({ $employees } EX, { $customers } CX)
   *[other] { $n } people behind it ({ $employees } EX, { $customers } CX)
}
agenda-nobody = nobody behind it yet
agenda-until = by { $day }
agenda-effect = { $told } of { $cases } who asked were told
agenda-effect-helped = helped: { $yes }, did not help: { $no }
agenda-action-done = done
agenda-questions = Questions
agenda-ask = Ask about it
agenda-ask-what = What should be answered about “{ $title }”?
agenda-ask-do = Ask
agenda-order = Move “{ $title }”
agenda-up = Move up: { $title }
agenda-down = Move down: { $title }
agenda-remove = Take off
agenda-remove-this = Take off: { $title }
agenda-removed = Taken off. It does not come back by itself.
agenda-removed-items = { $n ->
    [one] { $n } item taken off
   *[other] { $n } items taken off
}
agenda-put-back = Put back
agenda-empty = Nothing to talk about yet
agenda-empty-text = Open promises, what has shipped and the top of the backlog come here by themselves.
agenda-add = Put something on
agenda-add-topic = Topic
agenda-add-change = or a change
agenda-add-minutes = Minutes
agenda-added = It is on the agenda.
agenda-ready = Is it ready?
agenda-freeze = Freeze the agenda
agenda-freeze-text = From then on it stands as it is, and everybody can prepare for it. It freezes by itself when the meeting begins.
agenda-is-frozen = The agenda stands.
agenda-thaw = Open it again
agenda-is-open = The agenda fills itself again.
agenda-fill = Fill it now
agenda-filled = The agenda is up to date.
agenda-time = Another time, or not at all
agenda-time-text = Whoever was invited gets a mail that moves it in their calendar.
agenda-time-do = Move it
agenda-cancel = Call it off
agenda-cancel-text = Members hear of it, and it leaves their calendars.

## What is wrong

error-rule-unreadable = We cannot read this rule. Five fields are needed, such as 0 10 * * TUE#1 for ten o’clock on every first Tuesday.
error-rule-never = No day is like that.
error-rule-often = A council cannot meet more than once a day.
error-council-changed = Somebody else has changed this council meanwhile. Please look at it again.
error-meeting-there = There is a meeting at that time already.
error-meeting-past = That lies in the past.
error-meeting-not-planned = This meeting is not being planned any more.
error-meeting-over = This meeting is over.
error-agenda-frozen = The agenda is frozen. Open it again to change it.
error-on-agenda = This change is on the agenda already.
error-change-unknown = There is no such change.
error-delegate-self = Nobody can sit in for themselves.
error-delegate-member = This colleague sits in the council already: one person, one vote.
error-delegate-chain = This colleague is represented by somebody else. A delegate cannot have a delegate.
error-delegate-taken = This colleague sits in for somebody else already: one person, one vote.
error-member-is-delegate = This colleague sits in for a member. One person, one vote: choose another delegate first.

# Actions

council-action = Action
council-action-owner = Owner
council-action-due = By
council-action-finish = Done
council-action-note = What came of it
council-action-done-on = Done on
council-action-reopen = Not done after all
council-action-done = Done. Thank you!
council-action-open = It is open again.
council-actions-done = Done
council-actions-none-text = What somebody promises at a meeting stands here until it is done, and in their queue.
queue-promised = You promised the council
queue-promised-until = by { $day }
queue-promised-done = Done

# A month in figures

report-title = The council’s month: { $period }
report-previous = Month before
report-next = Month after
report-running = The month is not over yet.
report-decided = Decisions
report-decided-none = Nothing was decided.
report-shipped = Shipped
report-shipped-none = Nothing has shipped.
report-change = Change
report-on = On
report-quick-fix = quick fix
report-to-decision = First voice to decision
report-to-change = First voice to change
report-from-decision = Decision to change
report-declined = Declined, and told why
report-declined-none = Nothing was declined.
report-declined-text = { $changes ->
    [one] { $changes } change was declined.
   *[other] { $changes } changes were declined.
} Of { $asked } cases behind that, { $told } were told why.
report-how = How this is counted
report-how-decided = Items of this council’s meetings that were decided in the month, by what was decided.
report-how-fixes = Changes marked as quick fixes that shipped in the month, of as many as the council wants to ship.
report-how-to-decision = From the day the first person behind a change wrote to the council’s decision; the median of what was decided in the month (n = { $n }).
report-how-to-change = From the day the first person behind a change wrote to the day it shipped; the median of what shipped in the month (n = { $n }).
report-how-from-decision = From the day a change was accepted to the day it shipped; the median of what shipped in the month (n = { $n }).
report-how-declined = Of the cases behind changes declined in the month, those whose originators were told, by mail or on their page.
decision-word-accept = Accepted
decision-word-not_now = Not now
decision-word-decline = Declined
decision-word-need_data = Data needed
decision-word-noted = Noted
agenda-minutes-read = Read the minutes
