// The whole loop, by plain forms and links with JavaScript switched off: somebody speaks, an owner takes the case, a
// change is made and shipped, the one who asked is told by mail and says that it helped.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { NO_SCRIPT, PHONE, newPage, openBrowser } from './browser.mjs';
import { signIn, startHeard, waitFor } from './heard.mjs';

// The names of form fields and buttons' values that the pages use.
const SUBMIT = { text: 'text', kind: 'kind', answer: 'answer', email: 'email', name: 'name' };
const CHANGE = { title: 'title', proposal: 'proposal', ex: 'ex', cx: 'cx', effort: 'effort', confidence: 'confidence' };
const LINK = { change: 'change' };
const STATUS = { status: 'status', outcome: 'outcome' };
const HELPED = { name: 'helped', yes: 'yes' };

const WORDS = 'I was charged twice for one order and had to call three times.';
const OUTCOME = 'A second payment with the same order number is now stopped before it leaves your card.';

let heard, browser;
before(async () => {
    heard = await startHeard();
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await heard?.stop();
});

test('a customer is heard, answered and asked whether it helped', async () => {
    const customer = await newPage(browser, PHONE, NO_SCRIPT);
    const owner = await newPage(browser, NO_SCRIPT);
    const admin = await newPage(browser, NO_SCRIPT);
    const email = 'paula@customer.example';

    const { reference, tracking } = await submit(customer, email);
    await signIn(owner, heard, 'owner');
    await takeCase(owner, reference);
    const change = await createChange(owner);
    await linkCase(owner, reference, change);
    await moveChange(owner, change, 'accepted');
    await moveChange(owner, change, 'in_progress');
    await moveChange(owner, change, 'shipped', OUTCOME);

    await signIn(admin, heard, 'admin');
    const mail = await findMail(admin, email, OUTCOME);
    assert.match(mail, new RegExp(WORDS.slice(0, 30)), 'the mail names her own words');
    assert.ok(mail.includes(tracking), 'the mail leads to her tracking page');

    await sayItHelped(customer, tracking);
    await owner.goto(`${heard.url}/cases/${reference}`);
    assert.equal(await owner.locator('[data-event=confirmed]').count(), 1, 'the timeline shows that it helped');
});

async function submit(page, email) {
    await page.goto(heard.url);
    await field(page, SUBMIT.text).fill(WORDS);
    await pick(page, SUBMIT.kind, 'complaint');
    await pick(page, SUBMIT.answer, 'email');
    await field(page, SUBMIT.email).fill(email);
    await field(page, SUBMIT.name).fill('Paula');
    await press(page, '/feedback');
    const reference = (await page.locator('main').innerText()).match(/F-[0-9A-HJKMNP-TV-Z]{7}/)?.[0];
    assert.ok(reference, 'the confirmation names the reference');
    const tracking = await page.locator('main a[href*="/t/"]').first().getAttribute('href');
    return { reference, tracking: new URL(tracking, heard.url).href };
}

async function takeCase(page, reference) {
    await page.goto(`${heard.url}/cases/${reference}`);
    await press(page, `/cases/${reference}/owner`);
}

async function createChange(page) {
    await page.goto(`${heard.url}/changes/new`);
    await field(page, CHANGE.title).fill('Stop the second payment of one order');
    await field(page, CHANGE.proposal).fill('Refuse a payment whose order number was paid already.');
    await set(page, CHANGE.ex, '1');
    await set(page, CHANGE.cx, '5');
    await set(page, CHANGE.effort, '3');
    await set(page, CHANGE.confidence, '0.8');
    await press(page, '/changes');
    const reference = new URL(page.url()).pathname.match(/^\/changes\/(C-\w{7})$/)?.[1];
    assert.ok(reference, `a new change has its own page, not ${page.url()}`);
    return reference;
}

async function linkCase(page, reference, change) {
    await page.goto(`${heard.url}/cases/${reference}`);
    const action = `/cases/${reference}/changes`;
    await set(form(page, action), LINK.change, change);
    await press(page, action);
    assert.ok(await page.locator(`main a[href="/changes/${change}"]`).count(), 'the case shows its change');
}

async function moveChange(page, change, status, outcome) {
    const action = `/changes/${change}/status`;
    await page.goto(`${heard.url}/changes/${change}`);
    const one = form(page, action).filter({ has: page.locator(`[value=${status}]`) }).first();
    if (await one.locator(`input[type=radio], select`).count()) await set(one, STATUS.status, status);
    if (outcome) await field(one, STATUS.outcome).fill(outcome);
    await one.locator('button').last().click();
}

// The worker sends in its own time, so the mailbox is asked until the mail is there.
async function findMail(page, address, words) {
    return waitFor(`a mail to ${address} that says what changed`, async () => {
        await page.goto(`${heard.url}/outbox`);
        const links = page.locator('main a[href^="/outbox/"]');
        const paths = await links.evaluateAll((all) => all.slice(0, 5).map((link) => link.getAttribute('href')));
        for (const path of new Set(paths)) {
            await page.goto(heard.url + path);
            const text = await page.locator('main').innerText();
            if (text.includes(address) && text.includes(words)) return text;
        }
        return undefined;
    });
}

async function sayItHelped(page, tracking) {
    await page.goto(tracking);
    assert.ok((await page.locator('main').innerText()).includes(OUTCOME), 'the tracking page says what changed');
    await page.locator(`button[name=${HELPED.name}][value=${HELPED.yes}]`).click();
    assert.equal(await page.locator(`button[name=${HELPED.name}]`).count(), 0, 'the question is answered');
}

function form(page, action) {
    return page.locator(`form[action="${action}"]`);
}

function field(where, name) {
    return where.locator(`[name="${name}"]`).first();
}

async function press(page, action) {
    await form(page, action).locator('button:not([name]), button').first().click();
    assert.equal(await page.locator('[aria-invalid=true]').count(), 0, `${action} takes what was filled in`);
}

// A choice is a group of radio buttons on one page and a list on another.
async function pick(where, name, value) {
    const radio = where.locator(`input[type=radio][name="${name}"][value="${value}"]`);
    if (await radio.count()) await radio.check({ force: true });
    else await field(where, name).selectOption(value);
}

async function set(where, name, value) {
    const one = field(where, name);
    const kind = await one.evaluate((element) => element.type);
    if (kind === 'radio' || kind.startsWith('select')) await pick(where, name, value);
    else await one.fill(value);
}
