# Files that people add to what they say.

files-add = Add files
files-hint = Up to three, 10 MB each: pictures, PDF, text, tables, documents.
files-hint-if-anonymous = If you stay anonymous: pictures and plain text only.
files-hint-anonymous = You are anonymous: pictures and plain text only, up to three, 10 MB each. We take out what a camera wrote into them, and their names.
files-list = Files
files-in-mail = { $n ->
    [one] There is a file with this message: you will find it on your page.
   *[other] There are { $n } files with this message: you will find them on your page.
}
files-size-bytes = { $n } B
files-size-kb = { $n } KB
files-size-mb = { $n } MB
markdown-hint = **bold**, lists and links work.

error-too-many-files = At most { $max } files at a time, please.
error-file-too-large = "{ $name }" is larger than { $max } MB. Please send a smaller one.
error-file-empty = "{ $name }" is empty.
error-file-type = We cannot take "{ $name }". What works: pictures (PNG, JPEG, GIF, WebP), PDF, text, CSV, Word, Excel, PowerPoint, OpenDocument, saved mails (EML).
error-file-heic = "{ $name }" is in a format most people cannot open. Please save it as JPEG and send that.
error-file-disguised = What is in "{ $name }" is not what its name says. Please save it once more in the right format, without macros or a password.
error-file-too-many-pixels = "{ $name }" has too many pixels; we can handle { $max } million. Please make it smaller.
error-file-broken = We could not read "{ $name }": it seems to be damaged.
error-file-anonymous = "{ $name }" may carry the name of whoever made it, and we cannot take it out. To stay anonymous, please send a screenshot, or copy what matters into the text.
error-files-again = Please choose your files once more: browsers forget them when a form comes back.
error-files-quota = There are already many files here, and no room for more. Please write without a file.
