// A log's window: what is in sight, and whether the reader follows. The server draws what is in sight; see LogView.
const row = 21;
const views = new WeakMap();
const zone = 'neeto-log-zone', resume = 'neeto-log-resume';

export function open(view, page) {
    const state = { follows: true, top: 0, told: 0, timer: 0 };
    views.set(view, state);

    const tell = () => {
        state.told = performance.now();
        page.invokeMethodAsync('Scrolled', Math.floor(view.scrollTop / row), Math.ceil(view.clientHeight / row) + 1, state.follows).catch(() => { });
    };
    // Whether places are in sight that are not drawn. A few more are asked for before they are needed.
    const lacks = () => {
        const [from, to] = [Number(view.dataset.from), Number(view.dataset.to)];
        const first = view.scrollTop / row, last = first + view.clientHeight / row, all = view.scrollHeight / row;
        return (first < from + 10 && from > 0) || (last > to - 10 && to < all - 2);
    };
    const ask = () => {
        clearTimeout(state.timer);
        state.timer = setTimeout(() => { if (lacks()) tell(); }, Math.max(0, 60 - (performance.now() - state.told)));
    };
    const follow = follows => {
        if (follows === state.follows) return;
        state.follows = follows;
        tell();
    };
    const fits = () => view.scrollHeight <= view.clientHeight + 1;
    const isAtEnd = () => view.scrollHeight - view.scrollTop - view.clientHeight < 2 * row;
    // What the reader has done since the last look. Lines that come move the end away, which is no wish to stop there: only scrolling up is.
    const look = () => {
        const before = state.top;
        state.top = view.scrollTop;
        if (fits() || (state.top > before && isAtEnd())) follow(true);
        else if (state.top < before - 1 && !isAtEnd()) follow(false);
    };
    view.addEventListener('scroll', () => { look(); if (!state.follows) ask(); }, { passive: true });
    // A busy page hears of scrolling late, when new lines have moved it to the end again; it hears of the wish at once.
    view.addEventListener('wheel', event => { if (event.deltaY < 0 && !fits()) follow(false); }, { passive: true });
    view.addEventListener('keydown', event => { if (['ArrowUp', 'PageUp', 'Home'].includes(event.key) && !fits()) follow(false); });
    new MutationObserver(() => {
        look();
        if (state.wanted !== undefined) scroll(view, state);
        else if (state.follows) toEnd(view, state);
    }).observe(view, { childList: true, subtree: true, attributes: true });
    new ResizeObserver(() => { tell(); if (state.follows) toEnd(view, state); }).observe(view);

    const shown = () => page.invokeMethodAsync('Hidden', document.hidden).catch(() => { });
    document.addEventListener('visibilitychange', shown);
    if (document.hidden) shown();
    // Before a page is loaded anew because its connection is lost for good, it notes how far it had got.
    addEventListener('neeto:reload', () => sessionStorage.setItem(resume, JSON.stringify([location.pathname, Number(view.dataset.newest)])));
    state.close = () => document.removeEventListener('visibilitychange', shown);

    const [path, after] = JSON.parse(sessionStorage.getItem(resume) ?? '[]');
    sessionStorage.removeItem(resume);
    return {
        zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? null,
        minutes: -new Date().getTimezoneOffset(),
        isUtc: localStorage.getItem(zone) === 'utc',
        after: path === location.pathname && after > 0 ? after : null,
    };
}

// Follows the newest line again.
export function end(view) {
    const state = views.get(view);
    state.follows = true;
    toEnd(view, state);
}

// Stays where it is, and says which place is the first in sight.
export function stop(view) {
    views.get(view).follows = false;
    return Math.floor(view.scrollTop / row);
}

// Brings a place into the middle, as soon as it is drawn.
export function show(view, place) {
    const state = views.get(view);
    state.follows = false;
    state.wanted = place;
    scroll(view, state);
}

function toEnd(view, state) {
    view.scrollTop = view.scrollHeight;
    state.top = view.scrollTop;
}

function scroll(view, state) {
    if (view.scrollHeight < state.wanted * row) return;
    view.scrollTop = state.top = Math.max(0, state.wanted * row - view.clientHeight / 2);
    state.wanted = undefined;
}

export function remember(isUtc) {
    if (isUtc) localStorage.setItem(zone, 'utc'); else localStorage.removeItem(zone);
}

// Browsers let only pages of https and of this machine copy.
export async function copy(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch { return false; }
}
