/// The life of a pod on this node: [io.coxswain.kubelet.pods.PodWorkers] has one loop per pod,
/// which observes the runtime, plans, performs and reports.
///
/// Decisions are pure: [io.coxswain.kubelet.pods.PodPlanner] says what to do next and
/// [io.coxswain.kubelet.pods.PodStatuses] what the API should show, both from values. Nothing that
/// matters lives in memory only: after a restart all of it is read back from the runtime.
@NullMarked
package io.coxswain.kubelet.pods;

import org.jspecify.annotations.NullMarked;
