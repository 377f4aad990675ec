package io.coxswain.bench.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchRulesTest {

    private static final Seen.Event ADDED = new Seen.Event("ADDED", "c0", 1, 11);
    private static final Seen.Event CHANGED = new Seen.Event("MODIFIED", "c0", 2, 12);
    private static final Seen.Event DELETED = new Seen.Event("DELETED", "c0", 2, 14);
    private static final Map<Long, Long> WRITTEN = Map.of(1L, 11L, 2L, 12L);

    private static Seen.Session session(Seen.Event... events) {
        return new Seen.Session(10, List.of(events));
    }

    private static List<String> check(Seen.Session... sessions) {
        return WatchRules.check(List.of(sessions), List.of(), Map.of());
    }

    private static Seen.Event bookmark(long revision) {
        return new Seen.Event("BOOKMARK", "", 0, revision);
    }

    @Test
    void aRightWatchBreaksNothing() {
        var lists =
                List.of(
                        new Seen.Listing(11, Map.of("c0", 1L)),
                        new Seen.Listing(13, Map.of("c0", 2L)),
                        new Seen.Listing(14, Map.of()));
        var whole = session(ADDED, bookmark(11), CHANGED, bookmark(13), DELETED);
        assertThat(WatchRules.check(List.of(whole, session(ADDED)), lists, WRITTEN)).isEmpty();
    }

    @Test
    void anEventTwiceOrOutOfOrderIsFound() {
        assertThat(check(session(ADDED, ADDED, CHANGED))).isNotEmpty();
        assertThat(check(session(ADDED, DELETED, CHANGED))).isNotEmpty();
    }

    @Test
    void anEventThatABookmarkHadClaimedIsFound() {
        assertThat(check(session(ADDED, bookmark(13), CHANGED))).isNotEmpty();
    }

    @Test
    void aMissingEventIsFoundWhenAnotherSawItOrItsWriterKnows() {
        assertThat(check(session(ADDED, CHANGED, DELETED), session(ADDED, DELETED))).isNotEmpty();
        var gap = new Seen.Event("MODIFIED", "c0", 3, 13);
        assertThat(WatchRules.check(List.of(session(ADDED, gap)), List.of(), WRITTEN)).isNotEmpty();
    }

    @Test
    void twoStoriesAboutOneRevisionAreFound() {
        var other = new Seen.Event("MODIFIED", "c0", 9, 12);
        assertThat(check(session(ADDED, CHANGED), session(ADDED, other))).isNotEmpty();
    }

    @Test
    void aWrongTypeIsFound() {
        assertThat(check(session(new Seen.Event("MODIFIED", "c0", 1, 11)))).isNotEmpty();
        assertThat(check(session(ADDED, new Seen.Event("ADDED", "c0", 2, 12)))).isNotEmpty();
        assertThat(check(session(ADDED, new Seen.Event("DELETED", "c0", 5, 12)))).isNotEmpty();
    }

    @Test
    void aListThatIsNoStateIsFound() {
        var torn = List.of(new Seen.Listing(12, Map.of("c0", 1L)));
        assertThat(WatchRules.check(List.of(session(ADDED, CHANGED)), torn, Map.of())).isNotEmpty();
    }
}
