outbox-title = Outbox
outbox-local = No mail server is set. Mail stays here and as files beside the database; nothing is sent out.
outbox-stopped = Nothing is being sent at the moment
outbox-stopped-repair = Mail has stopped, and somebody has to repair it
outbox-stopped-reason = The mail server says:
outbox-stopped-since = Since
outbox-stopped-until = The next try is
outbox-stopped-trying = It is being tried right now.
outbox-stopped-kept = No mail is lost: all of them wait.
outbox-go-on = Try again now
outbox-alarm = Mail has stopped going out.
outbox-alarm-link = See why
outbox-busy = { $count } mails went to { $domain } today. From 5,000 a day on, large providers put mail into spam unless the sending domain is set up for it.
outbox-all = All
outbox-none = No such mail
outbox-none-text = Try the whole address, a reference such as F-7QK3M9X, or look at
outbox-search = Address or reference
outbox-test = Send me a test mail
outbox-subject = Subject
outbox-to = To
outbox-state = State
outbox-written = Written
outbox-sent = Sent
outbox-retry = Try again
outbox-cancel = Do not send
outbox-look-again = Look again
outbox-next = Next try:
outbox-due = Due:
outbox-html = The mail as HTML
outbox-text = As plain text
outbox-empty = No mail yet
outbox-empty-text = As soon as somebody gives feedback with an address, their receipt appears here.
mail-will-be-tried = It will be tried again in a moment.
mail-cancelled = It will not be sent.
mail-goes-on = One mail goes ahead now; if it gets through, the others follow.
mail-test-queued = The test mail is on its way. Look again in a moment to see what became of it.
error-mail-moved-on = This mail has moved on in the meantime. Please look at it again.

## The state of a mail in a sentence.

outbox-is-queued = It goes out in a moment.
outbox-is-put-off = It waits for its turn: its reader has paused mail, or enough has gone to their mail provider for now.
outbox-is-leased = It is being sent right now.
outbox-is-sent = The mail server of its reader, or ours on the way there, has taken it.
outbox-is-kept = It lies in the local mailbox; nothing left this machine.
outbox-is-sent-twice = It has been taken. It may have been sent twice: after an earlier try nobody could tell whether it had arrived. Both carry the same number, and many mail programs show only one.
outbox-is-retry = It did not go through yet. It is tried again by itself, for more than three days.
outbox-is-unknown = The connection was lost just when the server may have taken it. It is tried once more, so it may have been sent twice. Both carry the same number, and many mail programs show only one.
outbox-is-failed = It was given up and waits for you. What the server said is below.
outbox-is-failed-unknown = It was given up: the connection was lost twice just when the server may have taken it. It may have been sent, even twice.
outbox-is-disabled = It was held back, because the account of its reader is disabled.
outbox-is-unsubscribed = It was held back, because its reader does not want such mails.
outbox-is-cancelled = It was held back by an administrator.
outbox-is-undeliverable = It was held back, because its address takes no mail. If you know that it does, try again.
outbox-reply-disabled = The account is disabled.
outbox-reply-unsubscribed = Unsubscribed.
outbox-reply-cancelled = Held back by an administrator.
outbox-reply-corrected = The address was corrected.
outbox-reply-undeliverable = The address takes no mail:

## What became of each try.

outbox-tries = Tries
outbox-tries-none = It has not been tried yet.
outbox-try-at = When
outbox-try-outcome = What happened
outbox-try-said = What was said
outbox-try-node = By
outbox-try-sent = Taken
outbox-try-retry = Not now
outbox-try-refused = No such address
outbox-try-failed = Refused
outbox-try-unknown = Not known if it arrived
outbox-try-stopped = The server refused us
outbox-try-unreachable = The server was not there
outbox-try-suppressed = Held back
outbox-try-unrenderable = It could not be written
outbox-try-returned = It came back

## A mail to oneself.

mail-name-test = Test mail
mail-test-subject = Test: mail from { $product } arrives
mail-test-preheader = It works: the rest is on the page.
mail-test-title = Mail arrives
mails-when-test = When an administrator asks for a test mail at the outbox.
mail-test-lead = This is a test. If you can read it, { $product } can send mail.
mail-test-asked = You asked for it on { $at }.
mail-test-button = See what became of it
mail-test-why = You get this mail because you asked for it on the outbox page of { $product }.
