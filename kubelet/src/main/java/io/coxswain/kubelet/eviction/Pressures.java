package io.coxswain.kubelet.eviction;

import io.coxswain.base.Clock;
import io.coxswain.kubelet.KubeletConfiguration;
import io.coxswain.kubelet.registration.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What this node is short of. Pressure that is over is remembered for a while: else pods that were
/// evicted would come right back.
public final class Pressures {

    private static final Duration TRANSITION = Duration.ofMinutes(5);
    private static final int PROCESSES_RESERVE_PERCENT = 5;

    private final long memoryMin;
    private final int diskPercentMin;
    private final Clock clock;
    private final Map<Signal, Instant> lastSeen = new EnumMap<>(Signal.class);

    public Pressures(KubeletConfiguration config, Clock clock) {
        this.memoryMin = config.evictionHardMemoryBytes();
        this.diskPercentMin = config.evictionHardNodefsPercent();
        this.clock = clock;
    }

    /// What is short at this moment.
    List<Pressure> now(Machine machine) {
        var all = new ArrayList<Pressure>();
        add(
                all,
                new Pressure(Signal.MEMORY, machine.memoryAvailableBytes(), memoryMin),
                machine.memoryBytes());
        add(
                all,
                new Pressure(
                        Signal.DISK,
                        machine.diskAvailableBytes(),
                        machine.diskBytes() / 100 * diskPercentMin),
                machine.diskBytes());
        add(
                all,
                new Pressure(
                        Signal.PROCESSES,
                        machine.processesMax() - machine.processes(),
                        machine.processesMax() * PROCESSES_RESERVE_PERCENT / 100),
                machine.processesMax());
        return all;
    }

    /// What is short, or was lately.
    public synchronized Set<Signal> lately(Machine machine) {
        var now = clock.now();
        now(machine).forEach(pressure -> lastSeen.put(pressure.signal(), now));
        lastSeen.values().removeIf(seen -> seen.plus(TRANSITION).isBefore(now));
        var all = EnumSet.noneOf(Signal.class);
        all.addAll(lastSeen.keySet());
        return all;
    }

    /// A capacity of 0 is one that could not be read.
    private static void add(List<Pressure> all, Pressure pressure, long capacity) {
        if (capacity > 0 && pressure.available() < pressure.threshold()) {
            all.add(pressure);
        }
    }
}
