package io.coxswain.network.proxy;

import io.coxswain.network.proxy.RuleSet.Chain;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes rule sets as commands of `nft`, to be applied as one transaction.
final class NftText {

    static final String TABLE = "ip coxswain";

    private final StringBuilder text = new StringBuilder();

    private NftText() {}

    /// Puts the table in place of whatever it was.
    static String whole(RuleSet rules) {
        var text = new NftText();
        text.line("add table " + TABLE);
        text.line("delete table " + TABLE);
        text.line("add table " + TABLE);
        text.turn(
                new RuleSet(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), rules.datagrams()),
                rules);
        return text.text.toString();
    }

    /// Turns one into the other; empty when they are the same. What stays is not touched, so that
    /// sets keep what they have learned.
    static String change(RuleSet before, RuleSet after) {
        var text = new NftText();
        text.turn(before, after);
        return text.text.toString();
    }

    /// Things are declared before rules name them, and removed when no rule does any more.
    private void turn(RuleSet before, RuleSet after) {
        var goneSets = without(before.sets(), after.sets());
        var goneChains = without(before.chains(), after.chains());
        var changed = without(after.chains(), before.chains());

        declare(without(after.sets(), before.sets()), before.sets());
        changed.forEach((name, chain) -> chain(name, chain, before.chains().containsKey(name)));
        changed.forEach(
                (name, chain) -> chain.rules().forEach(rule -> line("add rule", name, rule)));
        after.elements().forEach((map, wanted) -> elements(map, known(before, map), wanted));

        var dead = goneChains.keySet().stream().filter(c -> !after.chains().containsKey(c));
        var names = dead.toList();
        names.forEach(name -> line("flush chain", name, ""));
        names.forEach(name -> line("delete chain", name, ""));
        goneSets.keySet().stream()
                .filter(name -> !after.sets().containsKey(name))
                .forEach(name -> line("delete set", name, ""));
    }

    private void declare(SortedMap<String, String> wanted, SortedMap<String, String> before) {
        wanted.forEach((name, declaration) -> {
            // A set cannot be changed while rules use it: a new time-out holds for new sets only.
            if (!before.containsKey(name)) {
                var kind = declaration.substring(0, declaration.indexOf(' '));
                line("add " + kind, name, declaration.substring(kind.length() + 1));
            }
        });
    }

    private void chain(String name, Chain chain, boolean there) {
        line(there ? "flush chain" : "add chain", name, there ? "" : chain.hook());
    }

    private void elements(
            String map, SortedMap<String, String> before, SortedMap<String, String> after) {
        var gone = without(before, after).keySet().stream().toList();
        var fresh = without(after, before);
        if (!gone.isEmpty()) {
            line("delete element", map, braced(gone));
        }
        if (!fresh.isEmpty()) {
            line(
                    "add element",
                    map,
                    braced(
                            fresh.entrySet().stream()
                                    .map(one -> one.getKey() + " : " + one.getValue())
                                    .toList()));
        }
    }

    private static SortedMap<String, String> known(RuleSet rules, String map) {
        return rules.elements().getOrDefault(map, new TreeMap<>());
    }

    private static String braced(List<String> values) {
        return values.stream().collect(Collectors.joining(", ", "{ ", " }"));
    }

    /// What is in `all` and not, or not the same, in `others`.
    private static <V> SortedMap<String, V> without(
            SortedMap<String, V> all, SortedMap<String, V> others) {
        var rest = new TreeMap<>(all);
        rest.entrySet().removeIf(one -> one.getValue().equals(others.get(one.getKey())));
        return rest;
    }

    private void line(String command, String name, String more) {
        line((command + " " + TABLE + " " + name + " " + more).strip());
    }

    private void line(String command) {
        text.append(command).append('\n');
    }
}
