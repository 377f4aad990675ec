package io.coxswain.storage.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.storage.Entry;
import io.coxswain.storage.Header;
import io.coxswain.storage.Key;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TreeTest {

    @Test
    void behavesLikeASortedMapThroughRandomChanges() {
        for (var seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var model = new TreeMap<Key, Entry>();
            var tree = Tree.EMPTY;
            for (var i = 0; i < 3_000; i++) {
                var key = key(random);
                // Growing first, shrinking later.
                if (random.nextInt(3_000) > i) {
                    var entry = entry(key, i);
                    model.put(key, entry);
                    tree = tree.put(entry);
                } else {
                    model.remove(key);
                    tree = tree.remove(key);
                }
                if (i % 250 == 0) {
                    check(tree, model, random);
                }
            }
            check(tree, model, random);
        }
    }

    @Test
    void shrinksToNothing() {
        var tree = Tree.EMPTY;
        for (var i = 0; i < 5_000; i++) {
            tree = tree.put(entry(new Key("r", "", "n" + i), i));
        }
        for (var i = 0; i < 5_000; i++) {
            assertThat(tree.size()).isEqualTo(5_000 - i);
            tree = tree.remove(new Key("r", "", "n" + i));
        }
        assertThat(tree.from("", "").hasNext()).isFalse();
        assertThat(tree).isSameAs(Tree.EMPTY);
    }

    @Test
    void anOldTreeStaysAsItWas() {
        var old = Tree.EMPTY;
        for (var i = 0; i < 1_000; i++) {
            old = old.put(entry(new Key("r", "", "n" + i), i));
        }
        var before = all(old.from("", ""));
        var changed = old;
        for (var i = 0; i < 1_000; i += 2) {
            changed = changed.remove(new Key("r", "", "n" + i));
        }
        assertThat(all(old.from("", ""))).isEqualTo(before);
        assertThat(changed.size()).isEqualTo(500);
    }

    @Test
    void removingWhatIsNotThereChangesNothing() {
        var tree = Tree.EMPTY.put(entry(new Key("r", "", "a"), 1));

        assertThat(tree.remove(new Key("r", "", "b"))).isSameAs(tree);
    }

    private static void check(Tree tree, NavigableMap<Key, Entry> model, Random random) {
        assertThat(tree.size()).isEqualTo(model.size());
        assertThat(all(tree.from("", ""))).containsExactlyElementsOf(model.values());
        for (var i = 0; i < 20; i++) {
            var key = key(random);
            assertThat(tree.get(key)).isEqualTo(model.get(key));
            assertThat(tree.rank(key.namespace(), key.name())).isEqualTo(model.headMap(key).size());
            assertThat(all(tree.from(key.namespace(), key.name())))
                    .containsExactlyElementsOf(model.tailMap(key).values());
            var namespace = model.subMap(key, new Key("r", key.namespace(), "\uffff")).values();
            assertThat(all(tree.within(key.namespace(), key.name())))
                    .containsExactlyElementsOf(namespace);
        }
    }

    private static List<Entry> all(Iterator<Entry> entries) {
        var list = new ArrayList<Entry>();
        entries.forEachRemaining(list::add);
        return list;
    }

    private static Key key(Random random) {
        return new Key("r", "ns" + random.nextInt(12), "n" + random.nextInt(200));
    }

    private static Entry entry(Key key, long revision) {
        return new Entry(key, revision, Header.EMPTY, new byte[0]);
    }
}
