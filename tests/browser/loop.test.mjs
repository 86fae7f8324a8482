// The whole loop, by plain forms and links with JavaScript switched off: somebody speaks, an owner takes the case, a
// change is proposed, accepted and shipped, the one who asked is told by mail and says whether it helped.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { NO_SCRIPT, PHONE, RUSSIAN, clickThrough, newPage, openBrowser } from './browser.mjs';
import { signIn, startHeard, waitFor } from './heard.mjs';

const PAULA = {
    kinds: [PHONE],
    email: 'paula@customer.example',
    words: 'I was charged twice for one order and had to call three times.',
    outcome: 'A second payment with the same order number is now stopped before it leaves your card.',
    outcomeField: 'outcome_en',
};
const OLGA = {
    kinds: [PHONE, RUSSIAN],
    email: 'olga@customer.example',
    words: 'За один заказ деньги списали дважды, пришлось звонить три раза.',
    outcome: 'Второй платёж с тем же номером заказа теперь останавливается до списания.',
    outcomeField: 'outcome_ru',
};

let heard, browser;
before(async () => {
    heard = await startHeard();
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await heard?.stop();
});

test('two customers are heard, told what changed in their own language, and asked whether it helped', async () => {
    const owner = await newPage(browser, NO_SCRIPT);
    const council = await newPage(browser, NO_SCRIPT);
    const admin = await newPage(browser, NO_SCRIPT);
    await signIn(owner, heard, 'owner');
    await signIn(council, heard, 'council');
    await signIn(admin, heard, 'admin');

    const paula = await submit(PAULA);
    const olga = await submit(OLGA);
    await takeCase(owner, paula.reference);
    const change = await proposeChange(owner, paula.reference);
    await linkCase(owner, olga.reference, change);
    await moveChange(council, change, 'accepted');
    await moveChange(owner, change, 'in_progress');
    await shipChange(owner, change);

    for (const customer of [paula, olga]) {
        const mail = await findMail(admin, customer.email, customer.outcome);
        assert.ok(mail.includes(customer.words.slice(0, 30)), 'the mail names their own words');
        assert.ok(mail.includes(customer.tracking), 'the mail leads to their tracking page');
    }
    await sayItHelped(paula);
    assert.equal(await events(owner, paula.reference, 'confirmed'), 1, 'the timeline shows that it helped');
    await sayItDidNotHelp(olga, 'Деньги так и не вернулись.');
    assert.equal(await events(owner, olga.reference, 'reopened'), 1, 'the timeline shows that it did not');
});

async function submit(customer) {
    const page = await newPage(browser, NO_SCRIPT, ...customer.kinds);
    await page.goto(heard.url);
    await page.locator('[name=text]').fill(customer.words);
    await page.locator('[name=kind][value=complaint]').check();
    await page.locator('[name=answer][value=email]').check();
    await page.locator('[name=email]').fill(customer.email);
    await send(page, '/feedback');
    const reference = (await page.locator('main').innerText()).match(/F-[0-9A-HJKMNP-TV-Z]{7}/)?.[0];
    assert.ok(reference, 'the confirmation names the reference');
    const tracking = await page.locator('main a[href*="/t/"]').getAttribute('href');
    return { ...customer, page, reference, tracking };
}

async function takeCase(page, reference) {
    await page.goto(`${heard.url}/cases/${reference}`);
    await clickThrough(page.locator('button[name=owner][value=me]'));
    assert.equal(await page.locator('button[name=owner][value=me]').count(), 0, 'whoever has a case cannot take it again');
}

async function proposeChange(page, reference) {
    await page.goto(`${heard.url}/cases/${reference}`);
    await clickThrough(page.locator('main a[href^="/changes/new"]'));
    await page.locator('[name=title]').fill('Stop the second payment of one order');
    await page.locator('[name=proposal]').fill('Refuse a payment whose order number was paid already.');
    await page.locator('[name=ex]').fill('1');
    await page.locator('[name=cx]').fill('5');
    await page.locator('[name=effort]').fill('3');
    await page.locator('[name=confidence]').fill('80');
    await page.locator('[name=owner]').selectOption({ label: await nameOf(page) });
    await send(page, '/changes/new');
    const change = new URL(page.url()).pathname.match(/^\/changes\/(C-\w{7})$/)?.[1];
    assert.ok(change, `a new change has its own page, not ${page.url()}`);
    assert.equal(await page.locator(`main a[href="/cases/${reference}"]`).count(), 1, 'the case is its evidence');
    return change;
}

async function nameOf(page) {
    return page.locator('details.menu strong').textContent();
}

async function linkCase(page, reference, change) {
    await page.goto(`${heard.url}/cases/${reference}`);
    await page.locator('[name=change]').selectOption(change);
    await send(page, `/cases/${reference}/changes`);
    assert.equal(await page.locator(`main a[href="/changes/${change}"]`).count(), 1, 'the case shows its change');
}

async function moveChange(page, change, status) {
    await page.goto(`${heard.url}/changes/${change}`);
    await clickThrough(page.locator(`button[name=status][value=${status}]`));
    await page.locator(`main header .status.${status}`).waitFor();
}

async function shipChange(page, change) {
    await page.goto(`${heard.url}/changes/${change}`);
    await clickThrough(page.locator(`a[href="/changes/${change}/shipping"]`));
    for (const { outcome, outcomeField } of [PAULA, OLGA]) await page.locator(`[name=${outcomeField}]`).fill(outcome);
    await clickThrough(page.locator('button[name=preview]'));
    const letters = await page.locator('figure.mail').allInnerTexts();
    for (const { outcome } of [PAULA, OLGA]) assert.ok(letters.some((letter) => unwrapped(letter).includes(outcome)), 'a mail in each language is shown first');
    await clickThrough(page.locator('button[name=send][value="1"]'));
    await page.locator('main header .status.shipped').waitFor();
}

// The text part of a mail has short lines.
function unwrapped(text) {
    return text.replace(/\s+/g, ' ');
}

// The worker sends in its own time, so the mailbox is asked until the mail is there.
async function findMail(page, address, words) {
    return waitFor(`a mail to ${address} that says what changed`, async () => {
        await page.goto(`${heard.url}/outbox`);
        const rows = page.locator('tr').filter({ hasText: address }).filter({ has: page.locator('.status.sent') });
        const paths = await rows.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
        for (const path of paths) {
            await page.goto(heard.url + path);
            const text = unwrapped(await page.locator('main').innerText());
            if (text.includes(words)) return text;
        }
        return undefined;
    });
}

async function sayItHelped({ page, tracking, outcome }) {
    await page.goto(tracking);
    assert.ok((await page.locator('main').innerText()).includes(outcome), 'the tracking page says what changed');
    await clickThrough(page.locator('button[name=helped][value=yes]'));
    assert.equal(await page.locator('#answer-title').count(), 0, 'the question is answered');
}

async function sayItDidNotHelp({ page, tracking }, why) {
    await page.goto(tracking);
    await page.locator('[name=why]').fill(why);
    await clickThrough(page.locator('button[name=helped][value=no]'));
    assert.equal(await page.locator('#answer-title').count(), 0, 'the question is answered');
    assert.ok((await page.locator('main').innerText()).includes(why), 'the reason stands on the page');
}

async function events(page, reference, event) {
    await page.goto(`${heard.url}/cases/${reference}`);
    return page.locator(`[data-event=${event}]`).count();
}

async function send(page, action) {
    await clickThrough(page.locator(`form[action="${action}"]`).getByRole('button').last());
    assert.equal(await page.locator('[aria-invalid=true]').count(), 0, `${action} takes what was filled in`);
}
