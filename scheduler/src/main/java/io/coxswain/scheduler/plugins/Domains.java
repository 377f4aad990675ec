package io.coxswain.scheduler.plugins;

import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.Arrays;
import java.util.HashMap;

/// The values of one topology label, numbered: which domain each node belongs to.
///
/// @param bySlot -1 for a node without the label
record Domains(int[] bySlot, int size) {

    static Domains of(Snapshot snapshot, String key) {
        var bySlot = new int[snapshot.slots()];
        Arrays.fill(bySlot, -1);
        var numbers = new HashMap<String, Integer>();
        for (var slot = 0; slot < bySlot.length; slot++) {
            var node = snapshot.at(slot);
            var value = node == null ? null : node.labels().get(key);
            if (value != null) {
                bySlot[slot] = numbers.computeIfAbsent(value, fresh -> numbers.size());
            }
        }
        return new Domains(bySlot, numbers.size());
    }
}
