package io.coxswain.scheduler.framework;

import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Which nodes will do for one pod, and how good each is.
///
/// Worked out for all nodes once; [#refresh] then looks again only at nodes that changed. So it
/// also serves the next pods that ask for exactly the same, and gives the answer that working
/// everything out anew would give.
public final class Placement {

    private static final int INFEASIBLE = -1;

    private final Profile profile;
    private final PodInfo pod;
    private final Snapshot snapshot;

    private Feasibility feasibility;
    private Ranking ranking;
    private int[] totals;
    private long version;

    public Placement(Profile profile, PodInfo pod, Snapshot snapshot) {
        this.profile = profile;
        this.pod = pod;
        this.snapshot = snapshot;
        this.feasibility = new Feasibility(profile, pod, snapshot);
        this.ranking = new Ranking(profile, pod, snapshot);
        this.totals = new int[snapshot.slots()];
        this.version = snapshot.changes().version();
        workOut();
    }

    public PodInfo pod() {
        return pod;
    }

    /// Brings everything up to the snapshot's present version.
    public void refresh() {
        var changes = snapshot.changes();
        if (version == changes.version()) {
            return;
        }
        if (!changes.reaches(version) || !follow()) {
            rebuild();
        }
        version = changes.version();
    }

    /// The best node; of several equally good ones any. Null when none will do.
    ///
    /// @param excluded slots that are ruled out for a reason of the moment
    public @Nullable NodeInfo best(RandomGenerator random, IntPredicate excluded) {
        var best = 0;
        var ties = 0;
        for (var slot = 0; slot < totals.length; slot++) {
            var total = totals[slot];
            if (total >= best && !excluded.test(slot)) {
                ties = total > best ? 1 : ties + 1;
                best = total;
            }
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
        return feasibility.never();
    }

    /// Why the node in this slot will not do; null when it will.
    public @Nullable Rejection rejection(int slot) {
        return feasibility.rejections()[slot];
    }

    /// How good the node in this slot is; negative when it will not do.
    public int total(int slot) {
        return totals[slot];
    }

    /// Asks about one node as it is now, without remembering the answer.
    public @Nullable Rejection ask(NodeInfo node) {
        return feasibility.ask(node);
    }

    /// Tells of a pod that comes to (1) or goes from (-1) a node only in thought. Undo it.
    public void imagine(NodeInfo node, PodInfo other, int sign) {
        if (sign > 0) {
            snapshot.take(node, other);
        } else {
            snapshot.give(node, other);
        }
        feasibility.tell(node, other, sign);
    }

    private void rebuild() {
        feasibility = new Feasibility(profile, pod, snapshot);
        ranking = new Ranking(profile, pod, snapshot);
        totals = new int[snapshot.slots()];
        workOut();
    }

    private void workOut() {
        feasibility.askAll();
        ranking.scoreAll(feasibility.localRejections());
        sumAll();
    }

    /// Catches up with the changes since the last time. False when everything has to be done anew.
    private boolean follow() {
        var changes = snapshot.changes();
        if (feasibility.never() != null || snapshot.slots() != totals.length) {
            return false;
        }
        var feasibilitySpans = false;
        for (var at = version; at < changes.version(); at++) {
            var change = changes.get(at);
            var other = change.pod();
            if (other == null) {
                return false;
            }
            var node = snapshot.at(change.slot());
            if (node != null) {
                feasibilitySpans |= feasibility.tell(node, other, change.sign());
                ranking.tell(node, other, change.sign());
            }
        }
        var rescored = ranking.scoreChanged(feasibility.localRejections());
        for (var at = version; at < changes.version(); at++) {
            again(changes.get(at).slot());
        }
        if (feasibilitySpans) {
            feasibility.askSpanning();
        }
        if (feasibilitySpans || rescored || ranking.comparing()) {
            sumAll();
        }
        return true;
    }

    private void again(int slot) {
        var node = snapshot.at(slot);
        if (node == null) {
            totals[slot] = INFEASIBLE;
            return;
        }
        feasibility.askAgain(node);
        if (feasibility.localRejections()[slot] == null) {
            ranking.score(node);
        }
        totals[slot] = feasibility.rejections()[slot] == null ? ranking.absolute(slot) : INFEASIBLE;
    }

    private void sumAll() {
        Arrays.fill(totals, 0);
        ranking.addAbsolute(totals);
        var rejections = feasibility.rejections();
        for (var slot = 0; slot < totals.length; slot++) {
            if (rejections[slot] != null || snapshot.at(slot) == null) {
                totals[slot] = INFEASIBLE;
            }
        }
        ranking.addRelative(totals);
    }
}
