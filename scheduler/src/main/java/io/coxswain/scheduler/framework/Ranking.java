package io.coxswain.scheduler.framework;

import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How good each node is for one pod: a column of scores per plugin.
final class Ranking {

    private final Snapshot snapshot;
    private final List<Column> columns = new ArrayList<>();

    private static final class Column {
        private final NodeScore scorer;
        private final int weight;
        private final long[] scores;
        private boolean stale;

        Column(NodeScore scorer, int weight, int slots) {
            this.scorer = scorer;
            this.weight = weight;
            this.scores = new long[slots];
        }
    }

    Ranking(Profile profile, PodInfo pod, Snapshot snapshot) {
        this.snapshot = snapshot;
        for (var entry : profile.entries()) {
            if (entry.plugin() instanceof ScorePlugin plugin) {
                var scorer = plugin.scores(pod, snapshot);
                if (scorer != null) {
                    columns.add(new Column(scorer, entry.weight(), snapshot.slots()));
                }
            }
        }
    }

    void scoreAll(@Nullable Rejection[] rejections) {
        for (var column : columns) {
            column.scorer.scoreAll(snapshot, rejections, column.scores);
            column.stale = false;
        }
    }

    /// Scores all nodes again where a pod that came or went made that necessary.
    boolean scoreChanged(@Nullable Rejection[] rejections) {
        var any = false;
        for (var column : columns) {
            if (column.stale) {
                column.scorer.scoreAll(snapshot, rejections, column.scores);
                column.stale = false;
                any = true;
            }
        }
        return any;
    }

    void score(NodeInfo node) {
        for (var column : columns) {
            column.scores[node.slot()] = column.scorer.score(node);
        }
    }

    void tell(NodeInfo node, PodInfo other, int sign) {
        for (var column : columns) {
            if (column.scorer.spans()) {
                column.stale |= column.scorer.changed(node, other, sign);
            }
        }
    }

    /// The sum of the scores that stand for themselves.
    int absolute(int slot) {
        var total = 0L;
        for (var column : columns) {
            if (!column.scorer.relative()) {
                total += column.weight * column.scores[slot];
            }
        }
        return (int) total;
    }

    /// The same for every node.
    void addAbsolute(int[] totals) {
        for (var column : columns) {
            if (!column.scorer.relative()) {
                for (var slot = 0; slot < totals.length; slot++) {
                    totals[slot] += (int) (column.weight * column.scores[slot]);
                }
            }
        }
    }

    /// Whether some scores only count in comparison.
    boolean comparing() {
        for (var column : columns) {
            if (column.scorer.relative()) {
                return true;
            }
        }
        return false;
    }

    /// Adds the scores that only count in comparison to the totals of the nodes that will do.
    void addRelative(int[] totals) {
        if (!comparing()) {
            return;
        }
        var slots = feasible(totals);
        if (slots.length == 0) {
            return;
        }
        for (var column : columns) {
            if (column.scorer.relative()) {
                var scores = new Scores(slots, column.scores.clone());
                column.scorer.normalize(scores);
                for (var slot : slots) {
                    totals[slot] += (int) (column.weight * scores.values()[slot]);
                }
            }
        }
    }

    private static int[] feasible(int[] totals) {
        var slots = new int[totals.length];
        var count = 0;
        for (var slot = 0; slot < totals.length; slot++) {
            if (totals[slot] >= 0) {
                slots[count++] = slot;
            }
        }
        return Arrays.copyOf(slots, count);
    }
}
