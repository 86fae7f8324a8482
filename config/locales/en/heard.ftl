# "You said, we did": the page for everybody, and what its readers answer

nav-heard = You said, we did
heard-title = You said, we did
heard-intro = What people told us, and what came of it: what was done, what we decided against and why, and what is being made.
heard-find = Find something
heard-words = Words
heard-month-label = Month
heard-all-months = All months
heard-topic = Topic
heard-all-topics = All topics
heard-voice = For whom
heard-all-voices = Everybody
heard-voice-employee = Employees
heard-voice-customer = Customers
heard-show = Show
heard-show-all = Show everything
heard-found = { $count ->
    [0] Nothing of that has been told yet.
    [one] { $count } found
   *[other] { $count } found
}
heard-none = Nothing has been told yet
heard-none-text = As soon as the first digest is sent, you read here what was done.
heard-speak = Tell us something
heard-section-done = Done
heard-section-declined = Decided not to
heard-section-doing = Being made
heard-you-said = You said
heard-quoted = You said: “{ $words }”
heard-people = { $count ->
    [one] { $count } person had asked for it
   *[other] { $count } people had asked for it
}
heard-month = { $month ->
    [m1] January
    [m2] February
    [m3] March
    [m4] April
    [m5] May
    [m6] June
    [m7] July
    [m8] August
    [m9] September
    [m10] October
    [m11] November
   *[m12] December
} { $year }
heard-all = See all of it
heard-atom = Atom feed
heard-json = JSON feed
heard-wall = Large screen
heard-wall-address = Read it yourself: { $address }
heard-wall-steps = Steps
heard-wall-pause = Stop here
heard-wall-go = Go on
heard-withdraw = Take it off this page
heard-withdraw-text = It disappears from the page, the feeds and the frames at once. Mails that were sent stay as they are.
heard-withdraw-do = Take it off
heard-withdrawn = Taken off the page
heard-put-back = Put it back
heard-flash-withdrawn = It is off the page.
heard-flash-returned = It stands on the page again.
heard-share = Put it elsewhere
heard-share-title = “You said, we did” elsewhere
heard-share-text = All of this shows only what everybody may read.
heard-share-en = In English
heard-share-ru = In Russian
heard-share-frame = On your own site
heard-share-frame-hint = Copy this into your page. Add &n=3 to the address for another number, or &topic= for one topic alone.
heard-share-try = Look at it
heard-share-page = The page
heard-by = By { $date }
heard-unsolved = This is not solved
heard-unsolved-text = Then we go on with what you told us. Whoever works on it reads your words and writes to you.
heard-unsolved-why = What is still wrong?
heard-unsolved-do = It is not solved
heard-goes-on = You told us that this is not solved. We are working on it again.
heard-say = Say something about this
heard-say-text = Your words
heard-answer-who = You came here by a link that is meant for you. What you write comes to us with your name, and you get an answer.
heard-flash-unsolved = Thank you. We are working on it again.
heard-flash-goes-on = We are working on it already.

# Thanks

thanks-title = Thanks
thanks-intro = Whose idea shipped hears it from somebody. Here are notes ready to go: make the words your own, or let them go as they are.
thanks-draft = your idea has become real: “{ $change }”. You saw something that could be better and said so, and now it is better for all of us. Thank you!
thanks-said = What they had said
thanks-text = Your words to them
thanks-due = If you do nothing, it goes out on { $day }.
thanks-send = Send now
thanks-save = Save
thanks-drop = Do not send
thanks-none = Nobody is waiting for thanks
thanks-none-text = As soon as an idea of somebody in your team ships, a note to them is drafted here.
thanks-sent = Sent
thanks-flash-sent = The thanks are on their way.
thanks-flash-dropped = It will not be sent.
error-thanks-changed = Somebody else has changed, sent or dropped this note meanwhile. Please look at it again.

# Ideas of a team

nav-team = My team
team-title = Ideas that shipped
team-of = { $team }: ideas that shipped
team-intro = What somebody in the team thought of, and what came of it.
team-idea-of = An idea of
team-idea-unnamed = An idea of a colleague
team-none = No idea has shipped yet
team-none-text = Say what would make the work better: it stands here when it is done.
team-no-team = You are in no team yet
team-no-team-text = An administrator can add you to one. You can say what would be better all the same.
mail-thanks-subject = Thank you for your idea: { $change }
mail-thanks-title = Thank you for your idea
mail-thanks-said = You had said
mail-thanks-button = Ideas of your team
mail-thanks-why = You get this mail because an idea you gave to { $product } was carried out.
mails-when-thanks = When an idea that an employee gave with their name has shipped: as soon as whoever leads the team sends it, or after three working days.
mails-when-thanks-plain = The same when nobody changed its words.
