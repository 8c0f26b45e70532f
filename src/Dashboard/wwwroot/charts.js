// Reads a chart: the legend shows the values of one span of time, that under the pointer or that to which the arrow keys led.
(() => {
    const read = (chart, at) => {
        const spans = chart.querySelectorAll('.span');
        at = Math.max(0, Math.min(spans.length - 1, at));
        forget(chart);
        chart.dataset.at = at;
        spans[at].classList.add('read');
        const [time, ...values] = spans[at].dataset.values.split('|');
        const legend = chart.parentElement.querySelector('.legend');
        legend.querySelector('time').textContent = time;
        legend.querySelectorAll('b').forEach((value, i) => { value.textContent = values[i]; });
    };
    const forget = chart => {
        chart.querySelector('.span.read')?.classList.remove('read');
        delete chart.dataset.at;
        chart.parentElement.querySelectorAll('.legend time, .legend b').forEach(word => { word.textContent = ''; });
    };
    const steps = {
        ArrowLeft: (at, count) => (at ?? count) - 1,
        ArrowRight: at => (at ?? -1) + 1,
        Home: () => 0,
        End: (_, count) => count - 1,
    };
    const pointed = event => {
        const span = event.target.closest?.('.chart .span');
        if (span) read(span.closest('.chart'), [...span.parentElement.querySelectorAll('.span')].indexOf(span));
    };
    document.addEventListener('pointerover', pointed);
    document.addEventListener('pointerdown', pointed);
    document.addEventListener('pointerout', event => {
        const chart = event.target.closest?.('.chart');
        if (chart && !chart.contains(event.relatedTarget) && event.pointerType === 'mouse') forget(chart);
    });
    document.addEventListener('focusout', event => { if (event.target.matches?.('.chart')) forget(event.target); });
    document.addEventListener('keydown', event => {
        if (!event.target.matches?.('.chart') || !steps[event.key]) return;
        const chart = event.target, at = chart.dataset.at;
        read(chart, steps[event.key](at === undefined ? undefined : Number(at), chart.querySelectorAll('.span').length));
        event.preventDefault();
    });
})();
