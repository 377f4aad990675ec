package io.coxswain.scheduler.framework;

import java.util.List;
import java.util.stream.Stream;

/// The plugins of one scheduler, in the order in which they are asked.
public record Profile(List<Entry> entries) {

    /// A plugin and how much its score counts; 0 for one that gives none.
    public record Entry(Plugin plugin, int weight) {}

    public Stream<FilterPlugin> filters() {
        return of(FilterPlugin.class);
    }

    public <P> Stream<P> of(Class<P> step) {
        return entries.stream().map(Entry::plugin).filter(step::isInstance).map(step::cast);
    }
}
