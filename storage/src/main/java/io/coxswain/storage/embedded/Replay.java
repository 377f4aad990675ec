package io.coxswain.storage.embedded;

import io.coxswain.base.Clock;
import io.coxswain.storage.Event;
import io.coxswain.storage.state.Limits;
import io.coxswain.storage.state.Root;
import io.coxswain.storage.state.Timeline;
import io.coxswain.storage.state.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Applies what the log holds to the state of a snapshot, and makes it history again.
///
/// All of it counts as having happened just now, so that a client that was away while the store was
/// restarted finds what it has missed, however long that took.
final class Replay {

    private static final int PUBLISH_EVERY = 4_096;

    private final Timeline timeline;
    private final Expirations expirations;
    private final Clock clock;
    private final Limits limits;
    private final Map<String, Tree> trees;
    private List<Event> events = new ArrayList<>();
    private long revision;

    Replay(Root start, Expirations expirations, Clock clock, Limits limits) {
        this.timeline = new Timeline(start);
        this.expirations = expirations;
        this.clock = clock;
        this.limits = limits;
        this.trees = new HashMap<>(start.trees());
        this.revision = start.revision();
    }

    long revision() {
        return revision;
    }

    /// Applies the valid frames that come next in a file.
    void apply(FrameReader reader, String name) throws IOException {
        new DecodedFrames(reader, name).each(frame -> apply(frame, name));
    }

    private void apply(DecodedFrames.Decoded frame, String name) {
        if (frame.header().revision() != revision + 1) {
            throw new CorruptionException(
                    name,
                    frame.offset(),
                    "revision %d follows %d".formatted(frame.header().revision(), revision));
        }
        for (var change : frame.changes()) {
            if (change.entry().revision() != revision + 1) {
                throw new CorruptionException(
                        name, frame.offset(), "a record has the wrong revision");
            }
            apply(change);
        }
    }

    private void apply(Change change) {
        var entry = change.entry();
        var resource = entry.key().resource();
        var tree = trees.getOrDefault(resource, Tree.EMPTY);
        events.add(new Event(entry, tree.get(entry.key()), change.deleted()));
        trees.put(resource, change.deleted() ? tree.remove(entry.key()) : tree.put(entry));
        expirations.apply(change);
        revision = entry.revision();
        if (events.size() >= PUBLISH_EVERY) {
            publish();
        }
    }

    private void publish() {
        var present = new HashMap<>(trees);
        present.values().removeIf(tree -> tree.size() == 0);
        timeline.publish(events, new Root(revision, present), clock.nanos());
        timeline.compact(limits, clock.nanos());
        events = new ArrayList<>();
    }

    Timeline finish() {
        publish();
        return timeline;
    }
}
