# Words that stand on every page.

skip-to-content = Skip to the content
nav-main = Main
nav-cases = Cases
nav-changes = Backlog
nav-council = Council
nav-digests = Digests
nav-outbox = Outbox
nav-admin = Admin
nav-track = Where is my feedback?
speak-up = Speak up
sign-in = Sign in
sign-out = Sign out
account-menu = Account: { $name }
my-devices = My devices
# The name of the other language, in that language.
switch-language = Русский
search-label = Search cases and changes
search-submit = Search
mail-stays-here = No mail server is set: mail stays in the local mailbox, nothing is sent out.
mail-stays-here-link = Read it

# Keyboard shortcuts

keys-title = Keyboard shortcuts
keys-move = next and previous row
keys-open = open the row
keys-select = choose the row; with Shift all up to it
keys-search = search
keys-cases = go to the cases
keys-changes = go to the backlog
keys-council = go to the council
keys-help = this list
keys-layout = The keys go by their place on the keyboard, so they work in any layout.
keys-on = Use single-key shortcuts

# Common actions and words

save = Save
cancel = Cancel
close = Close
back = Back
edit = Edit
delete = Delete
undo = Undo
add = Add
send = Send
open = Open
show-more = Show more
filter = Filter
print = Print
copy = Copy
copied = Copied
download = Download
yes = Yes
no = No
optional = optional
nobody = Nobody yet
somebody = Somebody
you = You
anonymous = Anonymous
the-system = Automatically
staff-only = Only staff see this
pager = Pages
pager-previous = Previous
pager-next = Next
errors-title = Please look at this again
saved = Saved.

# The loop, as the person sees it

loop-heard = Heard
loop-decided = Decided
loop-done = Done
loop-told = Told
loop-helped = Helped?
loop-step-done = done

# Kinds and voices of feedback

kind-complaint = Complaint
kind-idea = Idea
kind-problem = Problem
kind-question = Question
kind-praise = Praise
# After "EX" or "CX" on a tag.
kind-short-complaint = complaint
kind-short-idea = idea
kind-short-problem = problem
kind-short-question = question
kind-short-praise = praise
voice-employee = Employee
voice-customer = Customer
voice-short-employee = EX
voice-short-customer = CX

# Channels

channel-web = Web form
channel-email = E-mail
channel-phone = Phone
channel-chat = Chat
channel-store = In store
channel-survey = Survey
channel-import = Import
channel-api = API

# Statuses of cases, changes and mails

status-new = Received
status-in_review = In review
status-waiting = Waiting for the person
status-decided = Decided
status-doing = Being done
status-resolved = Resolved
status-closed = Closed

change-status-proposed = Proposed
change-status-needs_data = Needs data
change-status-accepted = Accepted
change-status-in_progress = In progress
change-status-shipped = Shipped
change-status-verified = Verified
change-status-deferred = Deferred
change-status-declined = Declined

mail-status-queued = Queued
mail-status-leased = Being sent
mail-status-sent = Sent
mail-status-retry = Will be tried again
mail-status-unknown = Not known if it arrived
mail-status-suppressed = Held back
mail-status-failed = Failed

# How a case ended and how the person heard of it

outcome-solved = Solved
outcome-partly = Partly solved
outcome-not_possible = Not possible
outcome-no_fault = No fault found
outcome-withdrawn = Withdrawn by the person
outcome-duplicate = Answered in another case

told-mail = Told by mail
told-page = Told on the tracking page
told-opted_out = Asked us not to write
told-no_address = Left no address
told-bounced = The mail came back

# Roles

role-contact = Contact
role-employee = Employee
role-owner = Case owner
role-council = Council member
role-admin = Administrator

# Deadlines and lengths of time; $text is a ready length such as "2 h 10 min"

due-in = { $text }
due-late = −{ $text }
# Read aloud after it, and shown where a badge stands alone.
due-late-word = overdue
due-snoozed = put off until { $date }
due-paused = paused, waiting for them
due-none = nothing due
due-met = in time

duration-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
duration-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
duration-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}

# Counts

count-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
count-cases = { $n ->
    [one] { $n } case
   *[other] { $n } cases
}
count-changes = { $n ->
    [one] { $n } change
   *[other] { $n } changes
}
count-results = { $n ->
    [0] Nothing found
    [one] { $n } result
   *[other] { $n } results
}

# What is wrong with a field

error-required = Please fill this in.
error-too-long = At most { $max } characters, please.
error-too-short = At least { $min } characters, please.
error-email = This does not look like an e-mail address. Example: anna@example.org
error-number = Please enter a number.
error-number-range = Please enter a number from { $min } to { $max }.
error-choice = Please choose one of these.
error-date = Please enter a date. Example: 2026-11-27
error-date-past = Please choose a day that is still to come.
error-unknown-field = The form has no such field.
error-not-found = We could not find this.
error-already = This has been done already.
error-taken = This is in use already. Please choose another.
error-person = There is nobody here by that name.
error-reference = This does not look like a reference. Example: F-7QK3M9X
error-receipt-code = We do not know this code. Please check it once more.
error-credentials = The address and the password do not match.
error-password-repeat = The two passwords are not the same.
error-link-expired = This link has been used or is too old. Please ask for a new one.
error-changed = Somebody changed this in the meantime. What they did is shown here; please check and send again.

# Pages that say that something went wrong

error-back-home = To the first page
error-request = If you write to us about it, give this number: { $id }
error-400-title = We did not understand that
error-400-text = Your browser sent something this page cannot read. Please go back and try again.
error-401-title = Who is asking?
error-401-text = This needs a sign-in or a token that is in force.
error-403-title = This is not for you to see
error-403-text = Your role does not open this page. If you need it, ask an administrator.
error-404-title = There is no such page
error-404-text = The address may be mistyped, or what was here is gone.
error-405-title = That does not work here
error-405-text = This page exists, but not for what was asked of it. Please go back and try again.
error-409-title = Somebody was faster
error-409-text = This was changed while you were looking at it. Nothing of yours was overwritten: please open the page again and repeat the step.
error-413-title = That was too large
error-413-text = We take up to 256 KB of text, and three files of 10 MB where a form asks for files. Please send less at a time.
error-415-title = We cannot read that kind of content
error-415-text = Please send it with the form on the page.
error-422-title = Something is missing
error-422-text = Please go back, look at the fields marked there and send it again.
error-429-title = That was a lot at once
error-429-text = Please wait a minute and try again.
error-500-title = Something broke on our side
error-500-text = It is not your doing. It has been recorded and we will look into it. Please try again in a while.
error-503-title = We will be right back
error-503-text = The site is not available for a moment. Please try again in a minute.
nav-huddle = Huddle
error-typed = Nothing you wrote is lost
error-typed-text = It has not reached us yet, and it stands here. Please send it again in a minute.
error-typed-files = Please go back to add your files once more: we could not keep those.
error-typed-label = What you wrote
error-typed-again = Send again
