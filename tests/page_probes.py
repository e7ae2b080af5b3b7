"""What a reader sees of a page, as scripts that a browser runs in it."""

from __future__ import annotations

OVERLAPS = """() => {
    const boxes = [...document.querySelectorAll('.axis-picture:not(.away) text')]
        .filter(one => one.checkVisibility() && one.textContent.trim())
        .map(one => [one.textContent, one.getBoundingClientRect()]);
    const found = [];
    boxes.forEach(([name, one], at) => boxes.slice(at + 1).forEach(([other, two]) => {
        const across = one.left < two.right - 1 && two.left < one.right - 1;
        if (across && one.top + 3 < two.bottom && two.top + 3 < one.bottom) found.push([name, other]);
    }));
    return [boxes.length, found];
}"""
"""How many labels an axis shows, and which of them overlap."""

CONTRASTS = """() => {
    const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    const weights = [0.2126, 0.7152, 0.0722];
    const light = parts => parts.reduce((sum, part, at) => sum + weights[at] * linear(part / 255), 0);
    const colour = text => text.match(/[\\d.]+/g).map(Number);
    const paper = colour(getComputedStyle(document.body).backgroundColor);
    const least = {};
    const look = (name, text, opacity) => {
        const mixed = colour(text).slice(0, 3).map((part, at) => part * opacity + paper[at] * (1 - opacity));
        const [one, other] = [light(mixed), light(paper.slice(0, 3))].sort((a, b) => b - a);
        least[name] = Math.min(least[name] || 21, (one + 0.05) / (other + 0.05));
    };
    const parts = '.dot circle:last-child, text.group, .stretch, .density, .tick rect, .line';
    document.querySelectorAll(`.axis :is(${parts})`)
        .forEach(part => {
            const style = getComputedStyle(part);
            const name = part.className.baseVal || part.parentNode.getAttribute('class');
            look(name, style.fill, +style.fillOpacity);
        });
    document.querySelectorAll('.axis .fold path')
        .forEach(part => look('fold', getComputedStyle(part).stroke, 1));
    return least;
}"""
"""The least contrast with the paper of each kind of mark on an axis."""

STARTS = """() => {
    const found = [], range = document.createRange();
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    let last = null, block = null;
    for (let node; (node = walker.nextNode());) {
        let around = node.parentElement;
        if (!around.checkVisibility() || around.closest('.unseen, pre, svg')) continue;
        const shape = () => getComputedStyle(around).display;
        while (/^inline(-block|-flex)?$/.test(shape())) around = around.parentElement;
        if (around !== block) last = null;
        block = around;
        Array.from(node.textContent).forEach((sign, at) => {
            if (/\\s/.test(sign)) return;
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const box = range.getBoundingClientRect();
            if (!box.width) return;
            const begins = last && box.top >= last.bottom - 3;
            if (begins && /[)\\]}»”،؛,.;:!?؟·…]/.test(sign)) found.push(node.textContent.slice(0, at + 1));
            last = box;
        });
    }
    return found;
}"""
"""The texts that end with a sign which should not begin a line, and begins one."""
