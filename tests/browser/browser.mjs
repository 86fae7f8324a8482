// Pages as different people have them, and what every page must keep to.

import { execFileSync } from 'node:child_process';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

// The first is for containers; the others keep the browser from calling home, which tests neither want nor may.
const FLAGS = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
];

export const DESKTOP = { viewport: { width: 1280, height: 900 } };
export const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
export const SMALL = { ...PHONE, viewport: { width: 320, height: 640 } };
export const DARK = { colorScheme: 'dark' };
export const RUSSIAN = { locale: 'ru-RU' };
export const NO_SCRIPT = { javaScriptEnabled: false };

const EVERYBODY = { locale: 'en-GB', colorScheme: 'light', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' };

export function openBrowser() {
    return chromium.launch({ executablePath: executable(), args: FLAGS });
}

/// A page with cookies of its own: `newPage(browser, PHONE, DARK)`.
export async function newPage(browser, ...kinds) {
    const context = await browser.newContext(Object.assign({}, EVERYBODY, DESKTOP, ...kinds));
    context.setDefaultTimeout(30_000); // As long as a busy machine may take; a quick one does not wait for it.
    return context.newPage();
}

/// Chooses a language the way the switch on every page does: it goes before the account's and the browser's own.
export async function chooseLanguage(page, heard, lang) {
    await page.context().addCookies([{ name: 'lang', value: lang, url: heard.url }]);
}

/// Takes a step that leads to a page, be it the same again, and waits until that stands whole with its scripts: what is
/// counted or pressed next would else be on a page that goes, or is half there.
export async function turn(page, step) {
    await Promise.all([page.waitForNavigation(), step()]);
}

/// Presses a link or a button that leads to a page.
export function clickThrough(locator) {
    return turn(locator.page(), () => locator.click());
}

/// Collects what a page must not do: errors in the console (a breach of the Content-Security-Policy is one), parts that
/// cannot be loaded, and requests to anywhere but its own server. `assertNone()` fails on any, `forget()` starts afresh.
export function watch(page, origin) {
    let problems = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => problems.push(`script: ${error.message}`));
    page.on('response', (answer) => {
        if (answer.status() >= 400) problems.push(`${answer.status()} for ${answer.url()}`);
    });
    page.on('request', (request) => {
        const { protocol, origin: to } = new URL(request.url());
        if (protocol.startsWith('http') && to !== origin) problems.push(`fetched from elsewhere: ${request.url()}`);
    });
    return {
        forget() {
            problems = [];
        },
        assertNone() {
            if (problems.length) throw new Error(`the page at ${page.url()}:\n${problems.join('\n')}`);
        },
    };
}

/// Fails on a breach of WCAG 2.2 AA in the page as it now is; `rules` narrows the check to those.
export async function assertAccessible(page, what, rules) {
    await page.evaluate(axe.source);
    const only = rules ? { type: 'rule', values: rules } : { type: 'tag', values: WCAG_22_AA };
    const { violations } = await page.evaluate((runOnly) => window.axe.run(document, { runOnly, resultTypes: ['violations'] }), only);
    const told = violations.flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id}: ${help}\n    ${node.html}\n    ${node.any[0]?.message ?? node.all[0]?.message ?? ''}`),
    );
    if (told.length) throw new Error(`${what}:\n${told.join('\n')}`);
}

/// Fails when the page is wider than the window, naming what sticks out.
export async function assertNoSidewaysScroll(page, what) {
    const { excess, culprits } = await page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        const sticksOut = (element) =>
            element.getBoundingClientRect().right > width || (element.scrollWidth > width && getComputedStyle(element).overflowX === 'visible');
        return {
            excess: document.documentElement.scrollWidth - width,
            culprits: [...document.body.querySelectorAll('*')].filter(sticksOut).map((element) => element.outerHTML.slice(0, 120)),
        };
    });
    if (excess > 0) throw new Error(`${what} scrolls ${excess} px sideways:\n${culprits.join('\n')}`);
}

function executable() {
    if (process.env.CHROMIUM) return process.env.CHROMIUM;
    for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
        try {
            return execFileSync('which', [name], { encoding: 'utf8' }).trim();
        } catch {
            continue; // Not this one.
        }
    }
    throw new Error('No Chromium found; set CHROMIUM to its path.');
}
