package io.coxswain.scheduler.framework;

import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Which nodes will do for one pod, and how good each is.
///
/// Worked out for all nodes once; [#refresh] then looks again only at nodes that changed. So it also
/// serves the next pods that ask for exactly the same, and gives the answer that working everything
/// out anew would give.
public final class Placement {

    private static final int INFEASIBLE = -1;

    private final Profile profile;
    private final PodInfo pod;
    private final Snapshot snapshot;
    private final List<NodeFilter> filters = new ArrayList<>();
    private final List<Scoring> scorings = new ArrayList<>();

    private @Nullable Rejection never;
    private @Nullable Set<String> among;
    private List<String> amongPlugins = List.of();
    private @Nullable Rejection[] rejections = new @Nullable Rejection[0];
    private int[] totals = new int[0];
    private boolean comparisonsStale;
    private long version = -1;

    /// One scorer with its column.
    private static final class Scoring {
        private final NodeScore scorer;
        private final int weight;
        private long[] raw = new long[0];

        Scoring(NodeScore scorer, int weight) {
            this.scorer = scorer;
            this.weight = weight;
        }
    }

    public Placement(Profile profile, PodInfo pod, Snapshot snapshot) {
        this.profile = profile;
        this.pod = pod;
        this.snapshot = snapshot;
    }

    /// Brings everything up to the snapshot's present version.
    public void refresh() {
        var changes = snapshot.changes();
        if (version < 0 || !changes.reaches(version) || !follow()) {
            rebuild();
        }
        version = changes.version();
        compare();
    }

    /// The best node; of several equally good ones any. Null when none will do.
    ///
    /// @param excluded slots that are ruled out for a reason of the moment
    public @Nullable NodeInfo best(RandomGenerator random, IntPredicate excluded) {
        var best = INFEASIBLE;
        var ties = 0;
        for (var slot = 0; slot < totals.length; slot++) {
            var total = totals[slot];
            if (total < best || total == INFEASIBLE || excluded.test(slot)) {
                continue;
            }
            ties = total > best ? 1 : ties + 1;
            best = total;
        }
        if (ties == 0) {
            return null;
        }
        var left = ties == 1 ? 0 : random.nextInt(ties);
        for (var slot = 0; ; slot++) {
            if (totals[slot] == best && !excluded.test(slot) && left-- == 0) {
                return snapshot.at(slot);
            }
        }
    }

    /// The reason that rules out every node; null when there is none.
    public @Nullable Rejection never() {
        return never;
    }

    /// Why the node in this slot will not do; null when it will.
    public @Nullable Rejection rejection(int slot) {
        return rejections[slot];
    }

    public int total(int slot) {
        return totals[slot];
    }

    public PodInfo pod() {
        return pod;
    }

    /// Asks every filter about one node as it is now, without remembering the answer.
    public @Nullable Rejection ask(NodeInfo node) {
        if (never != null) {
            return never;
        }
        if (among != null && !among.contains(node.name())) {
            return outside();
        }
        for (var filter : filters) {
            var rejection = filter.reject(node);
            if (rejection != null) {
                return rejection;
            }
        }
        return null;
    }

    /// Tells the filters that span nodes of a pod that comes or goes only in thought.
    public void imagine(NodeInfo node, PodInfo other, int sign) {
        for (var filter : filters) {
            if (filter.spans()) {
                filter.changed(node, other, sign);
            }
        }
    }

    private void rebuild() {
        look();
        rejections = new @Nullable Rejection[snapshot.slots()];
        totals = new int[snapshot.slots()];
        if (never != null) {
            Arrays.fill(rejections, never);
            Arrays.fill(totals, INFEASIBLE);
            return;
        }
        restrict();
        for (var filter : filters) {
            filter.rejectAll(snapshot, rejections);
        }
        for (var scoring : scorings) {
            scoring.raw = new long[snapshot.slots()];
            scoring.scorer.scoreAll(snapshot, rejections, scoring.raw);
        }
        for (var slot = 0; slot < totals.length; slot++) {
            sum(slot);
        }
        comparisonsStale = true;
    }

    /// Asks the plugins what they make of the pod.
    private void look() {
        filters.clear();
        scorings.clear();
        never = null;
        among = null;
        var restricting = new ArrayList<String>();
        for (var plugin : profile.filters().toList()) {
            switch (plugin.look(pod, snapshot)) {
                case PodVerdict.Unconcerned() -> {}
                case PodVerdict.Ask(var filter) -> filters.add(filter);
                case PodVerdict.Among(var nodes, var filter) -> {
                    among = nodes;
                    restricting.add(plugin.name());
                    filters.add(filter);
                }
                case PodVerdict.Never(var rejection) -> {
                    never = rejection;
                    return;
                }
            }
        }
        amongPlugins = List.copyOf(restricting);
        for (var entry : profile.entries()) {
            if (entry.plugin() instanceof ScorePlugin plugin) {
                var scorer = plugin.scores(pod, snapshot);
                if (scorer != null) {
                    scorings.add(new Scoring(scorer, entry.weight()));
                }
            }
        }
    }

    private void restrict() {
        if (among == null) {
            return;
        }
        var outside = outside();
        for (var slot = 0; slot < rejections.length; slot++) {
            var node = snapshot.at(slot);
            if (node != null && !among.contains(node.name())) {
                rejections[slot] = outside;
            }
        }
    }

    private Rejection outside() {
        var plugin =
                profile.filters()
                        .filter(one -> amongPlugins.contains(one.name()))
                        .findFirst()
                        .orElseThrow();
        return Rejection.lasting(
                plugin,
                "node(s) didn't satisfy plugin(s) [" + String.join(" ", amongPlugins) + "]");
    }

    /// Catches up with the changes since the last time. False when everything has to be done anew.
    private boolean follow() {
        var changes = snapshot.changes();
        if (never != null || snapshot.slots() != totals.length) {
            return changes.version() == version;
        }
        var spanning = spanning();
        var spansChanged = false;
        for (var at = version; at < changes.version(); at++) {
            var change = changes.get(at);
            var other = change.pod();
            if (other == null) {
                return false;
            }
            var node = snapshot.at(change.slot());
            if (node != null && spanning) {
                spansChanged |= tell(node, other, change.sign());
            }
        }
        if (spansChanged) {
            everything();
            return true;
        }
        for (var at = version; at < changes.version(); at++) {
            again(changes.get(at).slot());
        }
        return true;
    }

    private boolean spanning() {
        for (var filter : filters) {
            if (filter.spans()) {
                return true;
            }
        }
        for (var scoring : scorings) {
            if (scoring.scorer.spans()) {
                return true;
            }
        }
        return false;
    }

    private boolean tell(NodeInfo node, PodInfo other, int sign) {
        var changed = false;
        for (var filter : filters) {
            changed |= filter.spans() && filter.changed(node, other, sign);
        }
        for (var scoring : scorings) {
            changed |= scoring.scorer.spans() && scoring.scorer.changed(node, other, sign);
        }
        return changed;
    }

    private void everything() {
        Arrays.fill(rejections, null);
        restrict();
        for (var filter : filters) {
            filter.rejectAll(snapshot, rejections);
        }
        for (var scoring : scorings) {
            scoring.scorer.scoreAll(snapshot, rejections, scoring.raw);
        }
        for (var slot = 0; slot < totals.length; slot++) {
            sum(slot);
        }
        comparisonsStale = true;
    }

    private void again(int slot) {
        var node = snapshot.at(slot);
        if (node == null) {
            totals[slot] = INFEASIBLE;
            rejections[slot] = null;
            return;
        }
        var feasible = rejections[slot] == null;
        var rejection = ask(node);
        rejections[slot] = rejection;
        if (rejection == null) {
            for (var scoring : scorings) {
                scoring.raw[slot] = scoring.scorer.score(node);
            }
        }
        sum(slot);
        comparisonsStale |= comparing() && (feasible || rejection == null);
    }

    /// Adds up the scores that stand for themselves.
    private void sum(int slot) {
        if (rejections[slot] != null || snapshot.at(slot) == null) {
            totals[slot] = INFEASIBLE;
            return;
        }
        var total = 0L;
        for (var scoring : scorings) {
            if (!scoring.scorer.relative()) {
                total += scoring.weight * scoring.raw[slot];
            }
        }
        totals[slot] = (int) total;
    }

    private boolean comparing() {
        for (var scoring : scorings) {
            if (scoring.scorer.relative()) {
                return true;
            }
        }
        return false;
    }

    /// Adds the scores that only count in comparison.
    private void compare() {
        if (!comparisonsStale) {
            return;
        }
        comparisonsStale = false;
        if (!comparing()) {
            return;
        }
        var count = 0;
        var feasible = new int[totals.length];
        for (var slot = 0; slot < totals.length; slot++) {
            if (totals[slot] != INFEASIBLE) {
                sum(slot);
                feasible[count++] = slot;
            }
        }
        var slots = Arrays.copyOf(feasible, count);
        for (var scoring : scorings) {
            if (scoring.scorer.relative()) {
                var scores = new Scores(slots, scoring.raw.clone());
                scoring.scorer.normalize(scores);
                for (var slot : slots) {
                    totals[slot] += (int) (scoring.weight * scores.values()[slot]);
                }
            }
        }
    }
}
