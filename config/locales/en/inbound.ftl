# Mail that came in.

inbound-title = Incoming mail
inbound-text = Mail to { $address } becomes a case, and replies join theirs. What cannot be placed waits here; nothing is thrown away.
inbound-off = No address is set for incoming mail: set inbound.address to let people write to you.
inbound-imap-looked = The mailbox was last read
inbound-imap-failed = The mailbox cannot be read since
inbound-state = State
inbound-state-quarantined = Waiting for you
inbound-state-new = Being read
inbound-state-done = Taken
inbound-state-ignored = From machines
inbound-mail = Mail
inbound-reason = Why
inbound-came = Came
inbound-source-hook = from the mail server
inbound-source-command = by command
inbound-source-imap = from the mailbox
inbound-no-subject = No subject
inbound-no-sender-known = sender not known
inbound-empty = Nothing here
inbound-empty-text = Mail in this state will be listed here.
inbound-about = About the case
inbound-quoted = Quoted text
inbound-files = Attached:
inbound-raw = Download the mail as it came
inbound-what = What should happen to it?
inbound-read-again = Read it again
inbound-new-case = Open a case with it
inbound-belongs = It belongs to the case
inbound-belongs-hint = its number, such as F-7QK3M9X
inbound-put = Put it there
inbound-will-be-read = It will be read again in a moment.
inbound-decided = Done.
inbound-decided-already = Somebody has dealt with this mail already.
inbound-unreadable = This mail cannot be read, so it cannot become a case. Download it to see what is in it.
inbound-no-sender = This mail does not say who wrote it, so it cannot open a case.
inbound-no-such-case = There is no case with this number.

# Why it is where it is: first those that wait, then those no person wrote.

inbound-reason-not_a_mail = It is not a mail, or broken.
inbound-reason-too_large = It is larger than 25 MB.
inbound-reason-too_many_parts = It has too many parts.
inbound-reason-too_deep = It is nested too deeply.
inbound-reason-too_many_headers = It has too many headers.
inbound-reason-panicked = Reading it failed.
inbound-reason-gave_up = Reading it was begun several times and never finished.
inbound-reason-no_sender = It does not say who wrote it, or names several people.
inbound-reason-not_for_us = It is not addressed to us.
inbound-reason-empty = It is empty.
inbound-reason-too_many = There were more mails than a person writes.
inbound-reason-forged = The sender is not who they claim to be.
inbound-reason-refused = It holds something we cannot take:
inbound-reason-unverified = Put on the case, but we cannot be sure who wrote it.
inbound-reason-own = Our own mail came back.
inbound-reason-bounce = A mail could not be delivered.
inbound-reason-forged_bounce = It says that a mail could not be delivered, but we sent no such mail.
inbound-reason-unsubscribed = Somebody wants no more digests.
inbound-reason-notice = A mail server’s or reader’s notice.
inbound-reason-spam_report = Somebody reported our mail as spam.
inbound-reason-auto_reply = An automatic reply.
inbound-reason-generated = Written by a program.
inbound-reason-list = From a mailing list.
inbound-reason-bulk = Sent to many.

# On the timeline of a case.

event-auto_replied = an automatic reply came
event-bounce_received = a mail about this case could not be delivered { $status }
event-files_left = these files stay in the mail itself, ask an administrator for them: { $files }
