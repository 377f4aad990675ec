package io.coxswain.kubelet.containers;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.node.CgroupLimits;
import io.coxswain.kubelet.node.CgroupTree;
import io.coxswain.kubelet.node.Cgroups;
import io.coxswain.kubelet.pod.Qos;
import java.util.List;
import java.util.Map;

/// One cgroup per pod under its class: `/kubepods/burstable/pod1234`.
public final class NodePodCgroups implements PodCgroups {

    private static final long BEST_EFFORT_SHARES = 2;

    private final Cgroups cgroups;
    private final CgroupTree tree;

    public NodePodCgroups(Cgroups cgroups, CgroupTree tree) {
        this.cgroups = cgroups;
        this.tree = tree;
    }

    @Override
    public String parent(Pod pod) {
        return group(Qos.of(pod), pod.uid());
    }

    @Override
    public void prepare(Pod pod) {
        var qos = Qos.of(pod);
        if (qos == Qos.BEST_EFFORT && !cgroups.exists(classGroup(qos))) {
            cgroups.create(classGroup(qos), CgroupLimits.shares(BEST_EFFORT_SHARES));
        }
        var group = group(qos, pod.uid());
        if (!cgroups.exists(group)) {
            cgroups.create(group, limits(pod));
        }
    }

    private static CgroupLimits limits(Pod pod) {
        var limits = PodTotals.limits(pod);
        var memory = limits.get("memory");
        return new CgroupLimits(
                ContainerResources.shares(PodTotals.requests(pod).get("cpu")),
                ContainerResources.quota(limits.get("cpu")),
                memory == null || memory.isZero() ? null : memory.value(),
                null,
                Map.of());
    }

    @Override
    public void remove(String uid) {
        for (var qos : List.of(Qos.GUARANTEED, Qos.BURSTABLE, Qos.BEST_EFFORT)) {
            var group = group(qos, uid);
            if (cgroups.exists(group) && !cgroups.remove(group)) {
                cgroups.kill(group);
                cgroups.remove(group);
            }
        }
    }

    private String group(Qos qos, String uid) {
        return tree.pod(CgroupTree.Qos.valueOf(qos.name()), uid);
    }

    private String classGroup(Qos qos) {
        return tree.pods(CgroupTree.Qos.valueOf(qos.name()));
    }
}
