## Shared by all mails.

mail-greeting = Hello, { $name }!
mail-greeting-plain = Hello!
mail-you-wrote = You wrote
mail-link-text = If the button does not work, open this address:
mail-reference = Reference: { $reference }

## Under every mail.

mail-can-reply = You can simply reply to this mail.
mail-choose = Choose which mails you get
mail-choose-text = Which mails you get, and in which language, is yours to choose:

## We have it, this is what happens next.

mail-received-subject = We have your message ({ $reference })
mail-received-preheader = A person will read it and answer. By: { $promised }.
mail-received-title = We have your message
mail-received-lead = Thank you for telling us. A person will read it, and answer you.
mail-received-promise = You will hear from us by
mail-received-button = See where it stands
mail-received-note = On that page you can follow what happens, read our answers and add what you forgot. Whoever has the link can read along, so please keep it to yourself.
mail-received-why = You get this mail because you wrote to { $product }.

## The owner of the case writes.

mail-reply-subject = Our answer: “{ $title }”
mail-reply-title = { $author } wrote to you
mail-reply-title-plain = We have an answer for you
mail-reply-about = About “{ $title }”
mail-reply-button = Read and reply
mail-reply-why = You get this mail because you wrote to { $product }.

## What came of it.

mail-closure-subject-solved = You said, we did ({ $reference })
mail-closure-subject-partly = Part of what you asked for is done ({ $reference })
mail-closure-subject-not_possible = What we decided about your message ({ $reference })
mail-closure-subject-no_fault = What we found out about your message ({ $reference })
mail-closure-subject-duplicate = What came of your message ({ $reference })
mail-closure-subject-withdrawn = Your message is closed ({ $reference })
mail-closure-title-solved = You said, we did
mail-closure-title-partly = Part of it is done
mail-closure-title-not_possible = We decided not to do it
mail-closure-title-no_fault = We looked into it
mail-closure-title-duplicate = You were not the only one
mail-closure-title-withdrawn = We have closed your message
mail-closure-lead-solved = You told us what should be better. It is done, and you should hear it from us first.
mail-closure-lead-partly = You told us what should be better. Part of it is done; here is how far we got.
mail-closure-lead-not_possible = You told us what should be better. We thought about it and decided against it. You should hear the reason from us.
mail-closure-lead-no_fault = You told us that something was wrong. We looked into it, and this is what we found.
mail-closure-lead-duplicate = Others told us the same, and we answer all of you together.
mail-closure-lead-withdrawn = That is what you asked for. Thank you for telling us.
mail-closure-change = What was changed
mail-closure-message-solved = What we did
mail-closure-message-partly = What we did, and what is left
mail-closure-message-not_possible = Why not
mail-closure-message-no_fault = What we found
mail-closure-message-duplicate = What came of it
mail-closure-message-withdrawn = A last word
mail-closure-signed = { $author }, for { $product }
mail-closure-ask-solved = Did this solve it?
mail-closure-ask-partly = Did this help?
mail-closure-ask-not_possible = Do you see it differently?
mail-closure-ask-no_fault = Did we miss something?
mail-closure-ask-duplicate = Did this answer you?
mail-closure-ask-withdrawn = Has something come up after all?
mail-closure-button-yes-no = Tell us: yes or no
mail-closure-button-write = Write to us
mail-closure-ask-note = One click is enough. If it did not help, we open it again.
mail-closure-reply-note = We read what you write there, and answer.
mail-closure-why = You get this mail because you wrote to { $product }.

## We heard you.

mail-name-digest = Digest
mail-digest-subject = We heard you: { $period }
mail-digest-title = We heard you
mail-digest-lead = What came of the things that you and others told us, { $period }.
mail-digest-done = You said → we did
mail-digest-declined = Decided not to, and why
mail-digest-doing = In progress, and by when
mail-digest-late = It is taking longer than we said. We are still at it.
mail-digest-by = To be done by { $date }.
mail-digest-somebody-said = Somebody said
mail-digest-unsolved = This is not solved
mail-digest-say = Say something about this
mail-digest-numbers = In numbers
mail-digest-quick-fixes = Quick fixes: { $shipped } of { $most } planned for the month.
mail-digest-told = { $n ->
    [one] { $n } time we told somebody what came of their words.
   *[other] { $n } times we told somebody what came of their words.
}
mail-digest-answered = { $n ->
    [one] { $n } time they told us whether it helped.
   *[other] { $n } times they told us whether it helped.
}
mail-digest-helped = { $n ->
    [one] { $n } time it did.
   *[other] { $n } times it did.
}
mail-digest-ask = What we ask you next
mail-digest-you-said = You said
mail-digest-people = { $count ->
    [one] { $count } person asked for it
   *[other] { $count } people asked for it
}
mail-digest-button = See all of it
mail-digest-why = You get this summary because you subscribed to it.
mail-digest-unsubscribe = Unsubscribe

## An account, a new password.

mail-name-invitation = Invitation
mail-invitation-subject = Your account at { $product }
mail-invitation-preheader = Choose a password, and you are in.
mail-invitation-title = Welcome to { $product }
mail-invitation-lead = { $author } has set up an account for you at { $product }, where we answer what people tell us. Choose a password, and you are in.
mail-invitation-lead-plain = An account has been set up for you at { $product }, where we answer what people tell us. Choose a password, and you are in.
mail-invitation-button = Choose a password
mail-invitation-expires = The link works once, until { $until }.
mail-invitation-why = You get this mail because somebody at { $product } entered your address. If you did not expect it, you need not do anything.

mail-name-password = New password
mail-password-subject = A new password for { $product }
mail-password-preheader = The link works once. If it was not you who asked, nothing changes.
mail-password-title = Choose a new password
mail-password-lead = Somebody, most likely you, asked for a new password for { $product }.
mail-password-button = Choose a new password
mail-password-expires = The link works once, until { $until }.
mail-password-note = It was not you? Then you need not do anything: your password stays as it is.
mail-password-why = You get this mail because you have an account at { $product }.

mail-name-password-changed = Password changed
mail-password-changed-subject = Your password for { $product } was changed
mail-password-changed-preheader = It was you? Then all is well. If not, read on.
mail-password-changed-title = Your password was changed
mail-password-changed-lead = The password of your account at { $product } was changed on { $at }. All other devices were signed out.
mail-password-changed-you = It was you? Then all is well, and you need not do anything.
mail-password-changed-not-you = It was not you? Then choose a new password at once, and tell an administrator.
mail-password-changed-button = It was not me: choose a new password
mail-password-changed-why = You get this mail because you have an account at { $product }. We send it whenever its password changes.

## Staff hear of something on their cases.

mail-name-notice = Note to staff
mail-notice-subject-wrote = They wrote back
mail-notice-subject-reopened = Not solved yet: a case is open again
mail-notice-subject-escalated = Somebody still waits for an answer
mail-notice-subject-mentioned = A colleague mentioned you
mail-notice-subject-warned = A promise is coming up
mail-notice-subject-missed = A promise was missed
mail-notice-subject-raised = A missed promise needs you
mail-notice-subject-asked = Somebody asks for your decision
mail-notice-subject-decided = Your request was decided
mail-notice-subject-returned = A mail came back
mail-notice-subject-digest_late = A digest waits for approval
mail-notice-lead-wrote = The person who gave this feedback has written:
mail-notice-lead-reopened = The person who gave this feedback says that it is not solved yet:
mail-notice-lead-escalated = The promised date has passed, and the person says that nobody has answered:
mail-notice-lead-mentioned = A colleague named you in a note:
mail-notice-lead-warned = { $n ->
    [one] Most of the promised time is used up for this case:
   *[other] Most of the promised time is used up for these { $n } cases:
}
mail-notice-lead-missed = { $n ->
    [one] A promised date has passed for this case:
   *[other] A promised date has passed for these { $n } cases:
}
mail-notice-lead-raised = { $n ->
    [one] This case is still waiting after its promised date, so it comes to you:
   *[other] These { $n } cases are still waiting after their promised dates, so they come to you:
}
mail-notice-lead-asked = A colleague would like to decide this and needs your consent:
mail-notice-lead-decided = Your request about this case has an answer:
mail-notice-lead-returned = Our mail to the person who gave this feedback did not arrive. You can correct their address on the case; it then goes out again. This is what came back:
mail-notice-lead-digest_late = Its date has come, and nobody has approved it yet. It goes out as soon as somebody does:
mail-notice-button = Open the case
mail-notice-button-asked = Look at the request
mail-notice-button-digest_late = Open the digest
mail-notice-why = You get this mail because you work on cases in { $product }.

## A new link for whoever came with an old one.

mail-name-link = New link
mail-link-subject = Your new link ({ $reference })
mail-link-preheader = The old one has run out.
mail-link-title = Your new link
mail-link-lead = Here is a new link to “{ $title }”. The old one has run out.
mail-link-button = Open the page
mail-link-note = Whoever has the link can read along, so please keep it to yourself. If you did not ask for it, you need not do anything.
mail-link-why = You get this mail because somebody opened an old link to your feedback in { $product }.

## A council has decided.

mail-name-minutes = Minutes of a council
mail-minutes-subject = Minutes: { $council }
mail-minutes-preheader = { $n ->
    [one] { $n } item was decided or noted.
   *[other] { $n } items were decided or noted.
  }
mail-minutes-title = { $council }: the minutes
mail-minutes-lead = The council met on { $date }. { $name } has signed the minutes, and what was decided takes effect.
mail-minutes-nothing = Nothing was decided.
mail-minutes-button = Read the minutes
mail-minutes-why = You get this mail because you sit in a council in { $product }.
## A meeting of the council, with an entry for the reader's calendar.

mail-name-thanks = Thanks for an idea
mail-name-council = Council meeting
mail-council-subject-invited = { $council }: { $when }
mail-council-subject-moved = New time for { $council }: { $when }
mail-council-subject-changed = Changed: { $council }, { $when }
mail-council-subject-cancelled = Called off: { $council }, { $when }
mail-council-subject-left = Out of your calendar: { $council }, { $when }
mail-council-subject-reminded = Tomorrow: { $council }, { $when }
mail-council-title-invited = The council meets
mail-council-title-moved = The council meets at another time
mail-council-title-changed = Something about the meeting has changed
mail-council-title-cancelled = The meeting is called off
mail-council-title-left = You do not sit in the council any more
mail-council-title-reminded = The council meets tomorrow
mail-council-lead-invited = You are invited to the next meeting of “{ $council }”.
mail-council-lead-moved = The meeting of “{ $council }” has moved.
mail-council-lead-changed = The meeting of “{ $council }” has another place, length or name.
mail-council-lead-cancelled = The meeting of “{ $council }” does not take place.
mail-council-lead-left = You were taken out of “{ $council }”, so this meeting leaves your calendar. Thank you for your voice so far.
mail-council-lead-reminded = This is what “{ $council }” will talk about.
mail-council-lasts = { $minutes } min
mail-council-agenda = Agenda so far
mail-council-minutes = { $n } min
mail-council-quick-fix = could be a quick fix
mail-council-button = Read the agenda
mail-council-button-see = Open the meeting
mail-council-ask = On that page you can see what stands behind each item, and ask about it beforehand.
mail-council-why = You get this mail because you sit in a council of { $product }, or sit in for somebody.

## A promise made at a council.

mail-name-action = Reminder of an action
mail-action-subject-soon = You promised the council something
mail-action-subject-late = A promise to the council is overdue
mail-action-lead-soon = { $n ->
    [one] What you promised the council is due soon.
   *[other] What you promised the council is due soon: { $n } things.
}
mail-action-lead-late = { $n ->
    [one] The day by which you promised this to the council has passed.
   *[other] The days by which you promised these { $n } things to the council have passed.
}
mail-action-until = By { $day }
mail-action-button = Open my queue
mail-action-note = Done already? Tick it off there. Otherwise the next meeting begins with it.
mail-action-why = You get this mail because you promised something at a council of { $product }.
