package io.coxswain.scheduler.plugins;

import io.coxswain.scheduler.framework.Plugin;
import io.coxswain.scheduler.framework.Profile;
import io.coxswain.scheduler.framework.Profile.Entry;
import java.util.List;

/// The plugins, in the order in which they are asked, and how much each one's score counts.
public final class Plugins {

    public static final Profile DEFAULT =
            new Profile(
                    List.of(
                            with(new SchedulingGates(), 0),
                            with(new NodeUnschedulable(), 0),
                            with(new NodeName(), 0),
                            with(new TaintToleration(), 3),
                            with(new NodeAffinity(), 2),
                            with(new NodePorts(), 0),
                            with(new NodeResourcesFit(), 1),
                            with(new VolumeBinding(), 0),
                            with(new PodTopologySpread(), 2),
                            with(new InterPodAffinity(), 2),
                            with(new DefaultPreemption(), 0),
                            with(new NodeResourcesBalancedAllocation(), 1),
                            with(new ImageLocality(), 1)));

    private Plugins() {}

    private static Entry with(Plugin plugin, int weight) {
        return new Entry(plugin, weight);
    }
}
