// Starts the product the way a person would, with the demo in a folder of its own, and stops it again.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as afterMs } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { clickThrough } from './browser.mjs';

const BINARY = resolve(process.env.HEARD_BIN || fileURLToPath(new URL('../../target/debug/heard', import.meta.url)));
const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;

/// The roles that sign in, as `serve --demo` prints them.
export const ROLES = ['employee', 'owner', 'council', 'admin'];

/// Starts `heard serve --demo` on a free port and resolves once it is ready:
/// `{ url, database, printed(), signIns, receiptCode, stop() }`, where `database` is the path of its file, `signIns` is
/// `{ role: { email, password } }`, and `receiptCode` opens an anonymous case. `options` go after `serve --demo`.
export async function startHeard(...options) {
    const folder = await mkdtemp(join(tmpdir(), 'heard-browser-'));
    const url = `http://127.0.0.1:${await freePort()}`;
    const server = spawn(BINARY, ['serve', '--demo', ...options], {
        cwd: folder,
        env: { ...process.env, ...settings(folder, url) },
        stdio: ['ignore', 'pipe', 'pipe'],
    });
    const printed = collect(server);
    const ended = exit(server);
    try {
        await waitFor('the server to be ready', () => isReady(url), { within: START_WITHIN_MS, unless: ended });
    } catch (error) {
        server.kill('SIGKILL');
        await rm(folder, { recursive: true, force: true });
        throw new Error(`${BINARY} did not start: ${error.message}\n${printed()}`);
    }
    return {
        url,
        database: join(folder, 'heard.db'),
        printed,
        signIns: signIns(printed()),
        receiptCode: printed().match(/\b[0-9A-HJKMNP-TV-Z]{26}\b/)?.[0],
        async stop() {
            server.kill('SIGTERM');
            const how = await Promise.race([ended, afterMs(STOP_WITHIN_MS, 'no exit in time', { ref: false })]);
            server.kill('SIGKILL');
            await rm(folder, { recursive: true, force: true });
            assert.deepEqual(how, { code: 0, signal: null }, `SIGTERM ends it cleanly, but it printed:\n${printed()}`);
        },
    };
}

/// Signs in on the sign-in page as the demo's person of that role.
export async function signIn(page, heard, role) {
    const { email, password } = heard.signIns[role] ?? assert.fail(`serve --demo printed no sign-in for ${role}:\n${heard.printed()}`);
    await page.goto(`${heard.url}/sign-in`);
    await page.locator('[name=email]').fill(email);
    await page.locator('[name=password]').fill(password);
    await clickThrough(page.locator('form[action="/sign-in"] button').first());
    assert.doesNotMatch(page.url(), /sign-in/, `${role} is signed in`);
}

/// Asks until the answer is true, with a deadline; `unless` is a promise whose end makes waiting pointless.
export async function waitFor(what, ask, { within = 30_000, unless } = {}) {
    const deadline = Date.now() + within;
    let over;
    unless?.then((how) => (over = how));
    for (;;) {
        const answer = await ask();
        if (answer) return answer;
        if (over) throw new Error(`it ended with ${JSON.stringify(over)} while waiting for ${what}`);
        if (Date.now() > deadline) throw new Error(`waited ${within / 1000} s in vain for ${what}`);
        await afterMs(50);
    }
}

function settings(folder, url) {
    return {
        HEARD__HTTP__BIND: new URL(url).host,
        HEARD__HTTP__PUBLIC_URL: url,
        HEARD__DATABASE__URL: `sqlite://${join(folder, 'heard.db')}`,
        HEARD__MAIL__URL: 'local:',
        HEARD__LIMITS__ENABLED: 'false',
    };
}

// One line per role: the role, an address, a password, with anything between the first two.
function signIns(printed) {
    const found = {};
    for (const role of ROLES) {
        const line = printed.match(new RegExp(`^\\s*${role}\\b.*?(\\S+@\\S+)\\s+(\\S+)`, 'im'));
        if (line) found[role] = { email: line[1], password: line[2] };
    }
    return found;
}

function collect(server) {
    let text = '';
    server.stdout.on('data', (chunk) => (text += chunk));
    server.stderr.on('data', (chunk) => (text += chunk));
    return () => text;
}

function exit(server) {
    return new Promise((done) => {
        server.once('error', (error) => done({ error: error.message }));
        server.once('exit', (code, signal) => done({ code, signal }));
    });
}

async function isReady(url) {
    try {
        return (await fetch(`${url}/readyz`)).ok;
    } catch {
        return false; // Nothing listens yet.
    }
}

function freePort() {
    return new Promise((done, fail) => {
        const probe = createServer().once('error', fail);
        probe.listen(0, '127.0.0.1', () => {
            const { port } = probe.address();
            probe.close(() => done(port));
        });
    });
}
