# A case

case-reopened = { $n ->
    [one] reopened once
   *[other] reopened { $n } times
}
case-affected = Where, who:
case-timeline = What happened
case-reply = Answer
case-reply-to = Your message to { $name }
case-reply-by-mail = They get it by mail, with a link to answer.
case-reply-by-code = They read it with their receipt code.
case-reply-nowhere = They left no address: they cannot read it.
case-reply-wait = I am asking something: stop the clocks until they answer
case-reply-send = Send
case-resolve = Resolve…
case-note = Note for colleagues
case-note-keep = Keep the note
case-owner = Owner
case-take = I'll take it
case-give = Give it to
case-nobody = Nobody
case-assign = Give
case-dates = Promises
case-outcome = Outcome
case-helped = Did it help?
case-helped-yes = Yes, they say so
case-helped-unknown = No answer yet
case-originator = From
case-score = { $score } of { $of }
case-history = What they told us before
case-changes = Change
case-no-change = Not linked to a change yet.
case-link = Link to a change
case-link-do = Link
case-propose = Propose a new change from this
case-mails = Mails

case-assigned = The case has an owner now.
case-put-back = The case is back in the queue.
note-kept = Noted.
case-resolved = Resolved. The person is being told.
case-linked = Linked to the change.
error-case-is-resolved = This case is resolved already.
error-case-changed = Somebody changed this case at the same moment. Please look again and repeat your step.
error-already-answered = This has been answered already, or there is nothing to answer yet.

mail-name-received = Receipt
mail-name-reply = Your answer
mail-name-closure = What came of it

# Events on the timeline, after the name of who did it

event-received = gave the feedback
event-taken = took the case
event-assigned = gave the case to { $owner }
event-unassigned = put the case back
event-replied = wrote
event-asked = asked
event-noted = noted
event-wrote = wrote
event-linked = linked the case to the change “{ $title }”
event-change_put_off = put the change “{ $title }” off
event-quote_asked = asked whether the words may be quoted
event-quote_allowed = allowed to quote the words without a name
event-quote_refused = does not want the words to be quoted
event-unlinked = took the case out of the change “{ $title }”
event-change_moved = moved the change “{ $title }” on
event-change-decided = decided to do it: “{ $title }”
event-change-doing = started work on it: “{ $title }”
event-resolved = resolved it: { $outcome }
event-confirmed = said that it helped
event-reopened = said that it is not solved
event-joined = said “me too” to { $to }
event-imported = imported it

# Resolving

resolve-title = What came of it?
resolve-outcome = Outcome
resolve-text = In your words, to the person
resolve-text-hint-en = They read English. Say what was done, or why not, and thank them.
resolve-text-hint-ru = They read Russian. Say what was done, or why not, and thank them.
resolve-preview = This mail will go out
resolve-mail-to = To
resolve-mail-subject = Subject
resolve-show = Show the mail first
resolve-show-again = Show it again
resolve-send = Resolve and tell them
resolve-reached-page = They are anonymous. Your words will wait for them behind their receipt code.
resolve-reached-no_address = They left no address, so nobody can be told. That will be recorded as it is.

# Tracking

code-title = Where is my feedback?
code-intro = You wrote to us without leaving a name. Your receipt code opens the answer.
code-label = Receipt code
code-hint = 26 letters and digits; spaces and dashes do not matter
code-open = Open
code-by-mail = If you left an e-mail address, every mail from us has a link to your feedback.
track-you-wrote = you wrote on
track-new = We have received it. A person will read it.
track-in_review = Somebody is looking into it.
track-waiting = We asked you something and wait for your answer.
track-decided = We have decided to do something about it.
track-doing = We are working on it.
track-resolved = It is decided; this is what came of it.
track-closed = You have our answer.
track-title-new = We have your feedback
track-title-in_review = We are looking into it
track-title-waiting = We have a question for you
track-title-decided = We decided to act on it
track-title-doing = We are working on it
track-title-solved = We did something about it
track-title-partly = We solved a part of it
track-title-not_possible = We cannot do this now
track-title-no_fault = We looked into it and found no fault
track-title-withdrawn = You took this back
track-promise-answer = You hear from us by
track-promise-news = You hear what came of it by
track-decision = What came of it
track-did-it = Did this solve it for you?
track-yes = Yes, it did
track-why = If not: what is still wrong?
track-no = No, not really
track-nothing-yet = Nothing is recorded until you press a button.
track-confirmed = You told us that it helped. Thank you.
track-so-far = So far
track-write = Add something
track-write-hint = The person who looks after it reads this.
message-received = Thank you, we have your message.
thanks-for-yes = Good to hear. Thank you for telling us.
thanks-for-no = Thank you for being frank. We are looking at it again.

## Promises, and what else happens to a case.

target-first_response = first answer
target-next_response = answer to their message
target-resolution = solution
target-tell_back = word of what came of it
event-met = kept the promise: { $target }
event-missed = missed the promise: { $target }
event-warned = warned that a promise is near: { $target }
event-raised-2 = raised it to the team’s lead
event-raised-3 = raised it to the head
event-escalated = said that nobody answered
event-snoozed = put the case off
event-woken = took the case up again
event-classified = marked the case
event-tagged = changed the tags: { $tags }
event-merged = merged it into { $to }
event-merged_in = merged { $from } into it
event-unmerged = took it out of the merger
event-unmerged_from = took { $from } out again
event-merged_wrote = wrote on { $from }, which is merged into this case
event-follows = opened it to follow { $from }
event-followed = opened a new case: { $to }
event-no_answer = heard nothing on whether it helped
event-promise_changed = changed the promise: { $policy }
track-title-duplicate = We answered this together with others
error-not-in-the-past = Choose a moment that is still to come.
error-not-overdue = The promised date has not passed yet.
error-no-such-case = There is no such case, or you may not see it.
error-merge-itself = A case cannot be merged into itself.
error-merge-apart = One of these cases is kept apart; they cannot be merged.
error-too-many-tags = A case can have up to { $max } tags.
error-tag = A tag is made of letters, digits, spaces and dashes.
error-said-the-opposite = You told us the opposite before. If things have changed, say so once more.

## Following one’s feedback.

track-came-back = Has it come back?
track-sure = One more question
track-sure-yes = Yes, it is solved now
track-sure-no = No, it is not solved
track-objected = We are on it again. Has it been solved meanwhile?
track-late = The promised date has passed
track-late-text = We are sorry. If nobody has answered you, we will raise this to the people in charge.
track-escalate = Nobody answered me
escalation-received = Thank you for telling us. The people in charge know now.
link-expired = This link has run out
link-expired-text = For your safety, links in mails work only for a while. We can send a new one to the address we know.
link-send-new = Send me a new link
link-use-code = I have a receipt code
link-on-its-way = If we have your address, a new link is on its way to you.

## The huddle.

huddle-title = Huddle
huddle-team = Team
huddle-show = Show
huddle-since = What happened since
huddle-negatives = New and unhappy
huddle-no-negatives = Nobody complained. That is worth a smile.
huddle-breaches = Missed promises
huddle-no-breaches = Every promise was kept.
huddle-thanks = Thanks to pass on
huddle-helped-by = It helped. Well done, { $owner }
huddle-helped = It helped
huddle-no-thanks = No thanks since then. Perhaps today.
huddle-raise = Heard again and again
huddle-people = { $cases } cases, { $n } people
huddle-raise-do = Raise to the backlog
huddle-no-repeats = Nothing open is said twice on the same topic.
## The case page: what is promised, put off, marked, merged; who else is here.

case-apart = kept apart
case-policy = Promised by “{ $name }”
promise-first_response = First answer
promise-next_response = Answer to their message
promise-resolution = Solution
promise-tell_back = They hear what came of it
promised-in-hours = { $n ->
    [one] within { $n } hour of working time
   *[other] within { $n } hours of working time
}
promised-in-minutes = { $n ->
    [one] within { $n } minute of working time
   *[other] within { $n } minutes of working time
}
promised-in-days = { $n ->
    [one] within { $n } day
   *[other] within { $n } days
}
promise-kept = kept
promise-late-done = done, too late
promise-late = missed { $text } ago
promise-left = { $text } left
promise-paused-waiting = paused, they have to answer; { $left } left
promise-paused-snoozed = paused, put off; { $left } left
promise-paused-change = paused until the change; { $left } left
promise-stopped = nothing is due
case-snooze = Put it off…
case-snoozed-until = Put off until
case-wake = Take it up again
snooze-tomorrow = Tomorrow morning
snooze-three_days = In three days
snooze-next_week = Next week
snooze-own = Until then
snooze-date = Or until
snooze-time = Time
case-snoozed = Put off. It comes back by itself.
case-woken = The case is back.
case-marks = Marks
case-marks-save = Save the marks
case-severity = Severity
severity-low = low
severity-normal = normal
severity-high = high
severity-critical = critical
case-topic = Topic
case-root-cause = Root cause
case-not-said = not said
case-first-contact = Solved at the first contact?
case-first-contact-yes = Yes
case-first-contact-no = No
case-tags = Tags
case-tags-hint = with commas between
case-watchers = Watching:
case-watchers-none = Nobody watches this case.
case-watch = Watch
case-unwatch = Stop watching
case-watched = You hear of everything they write here.
case-unwatched = You do not watch this case any more.
case-note-hint = @Name tells a colleague
case-answers = Saved answer
case-answers-insert = Insert
case-earlier-scores = Earlier scores
case-scores-of = of { $of }
case-merging = The same, said by others
case-is-merged = Merged: it is answered together with
case-unmerge = Take it out again
case-people-behind = { $n ->
    [one] { $n } person says this.
   *[other] { $n } people say this.
}
case-of-another-team = with another team
case-similar = Similar open cases
case-similar-look = Look for similar open cases
case-similar-none = No open case is like this one.
case-merge-in = Merge into this one
case-merge-into = Merge this case into another…
case-merge-which = Into which case
case-merge = Merge
case-merged = Merged. It is answered together with the other.
case-merged-in = Merged into this case. Everybody is still told.
case-unmerged = The case goes its own way again.
events-more = { $n ->
    [one] and { $n } more
   *[other] and { $n } more
}
event-wrote-unverified = wrote by mail; we are not sure that it is them
event-quoted = Quoted text
event-fresh = new
pending-goes-out = goes out in { $n } s
pending-now = is going out now
pending-waits = then the clocks stop
pending-files = { $n ->
    [one] with { $n } file
   *[other] with { $n } files
}
pending-undo = Take it back
error-reply-is-gone = It has gone out already and cannot be taken back.
error-case-moved-on = Something happened here that you had not seen yet. It is marked as new below; what you typed is still there.
error-mention-unseen = { $name } may not see this case, so nothing was noted. Give the case to their team first, or leave out the @.
error-mention-several = Several colleagues are called { $name }. Please write the full name.
error-time = Please enter a time. Example: 14:30
presence-open = { $name } has this case open
presence-writing = { $name } is writing
presence-news = Something new happened here. Show it

## Saved answers.

answers-title = Saved answers
answers-text = Texts for what comes back again and again, in both languages. The person gets theirs.
answers-new = New answer
answers-one = Saved answer
answers-name = Name
answers-team = For
answers-house = Everybody
answers-state = State
answers-archived = put away
answers-offered = in use
answers-none = No saved answers yet
answers-none-text = Keep the first one when you notice that you write the same for the third time.
answers-body-en = In English
answers-body-ru = In Russian
answers-archive = Put it away: it is not offered any more
answers-variables = What fills itself in
variable-name = who gave the feedback
variable-first_name = their first name
variable-reference = the reference, such as F-7QK3M9X
variable-title = the title of the feedback
variable-owner = who owns the case
variable-promised = the date they were promised next
variable-link = their own link; it is filled in only in the mail
error-unknown-variable = We cannot fill in { $name }. The list below says what fills itself in.
answer-to-customer = customer
answer-to-employee = colleague
link-is-here = this page
link-of-theirs = [their link]

keys-reply = Answer
keys-note = Note for colleagues
keys-take = Take the case
keys-resolve = Resolve
keys-snooze = Put off

## A wrong address.

contact-unreached = Mail does not reach this address:
contact-came-back = A mail to this address came back:
contact-new = Correct the address
contact-new-hint = For this feedback. Mails that did not arrive go out again.
contact-correct = Save and send again
contact-corrected = The address is corrected. What had come back is on its way.
contact-same = This is the address that is there already.
contact-has-account = This person has an account. Their address is changed there.
contact-is-reached = Mail reaches the present address. It cannot be changed here.
contact-not-reached-either = Mail does not reach this address either.
contact-is-account = This address belongs to a colleague’s account.
event-mail_returned = a mail to them came back
event-contact_corrected = corrected the address; mails that had come back were sent again
event-answers_digest = put it down as an answer to a digest
event-answers_digest-item = put it down as an answer to “{ $item }” in a digest
