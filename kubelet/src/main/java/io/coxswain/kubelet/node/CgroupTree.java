package io.coxswain.kubelet.node;

/// Where the pods' cgroups lie: `root` is empty, or a group in which this node keeps everything.
///
/// ```
/// /kubepods/pod<uid>               Guaranteed
/// /kubepods/burstable/pod<uid>
/// /kubepods/besteffort/pod<uid>
/// ```
public record CgroupTree(String root) {

    public static final CgroupTree DEFAULT = new CgroupTree("");

    /// A pod's quality of service class.
    public enum Qos {
        GUARANTEED,
        BURSTABLE,
        BEST_EFFORT
    }

    /// The group of all pods.
    public String pods() {
        return root + "/kubepods";
    }

    /// The group of the pods of one class; Guaranteed pods lie directly in the group of all.
    public String pods(Qos qos) {
        return switch (qos) {
            case GUARANTEED -> pods();
            case BURSTABLE -> pods() + "/burstable";
            case BEST_EFFORT -> pods() + "/besteffort";
        };
    }

    public String pod(Qos qos, String uid) {
        return pods(qos) + "/pod" + uid;
    }
}
