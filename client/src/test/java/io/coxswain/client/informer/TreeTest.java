package io.coxswain.client.informer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TreeTest {

    @Test
    void holdsWhatATreeMapWouldAfterAnyChanges() {
        var random = new Random(7);
        var expected = new TreeMap<String, Integer>();
        Tree<Integer> tree = Tree.empty();
        for (var i = 0; i < 5_000; i++) {
            var key = "ns" + random.nextInt(5) + "/" + random.nextInt(200);
            if (random.nextInt(3) == 0) {
                expected.remove(key);
                tree = tree.without(key);
            } else {
                expected.put(key, i);
                tree = tree.with(key, i);
            }
        }

        assertThat(tree.values()).containsExactlyElementsOf(expected.values());
        assertThat(tree.size()).isEqualTo(expected.size());
        assertThat(tree.startingWith("ns3/"))
                .containsExactlyElementsOf(expected.subMap("ns3/", "ns30").values());
    }

    @Test
    void anEarlierTreeStaysAsItWas() {
        Tree<Integer> before = Tree.<Integer>empty().with("a", 1).with("b", 2);

        var after = before.with("a", 9).without("b").with("c", 3);

        assertThat(before.values()).containsExactly(1, 2);
        assertThat(after.values()).containsExactly(9, 3);
    }

    @Test
    void isBuiltFromAListInOneGo() {
        var entries = new TreeMap<String, Integer>();
        for (var i = 0; i < 1_000; i++) {
            entries.put("k" + i, i);
        }

        assertThat(Tree.of(entries).values()).containsExactlyElementsOf(entries.values());
        assertThat(Tree.of(entries).get("k77")).isEqualTo(77);
    }
}
