package io.coxswain.apiserver.admission.nodes;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Node.NodeSpec;
import io.coxswain.api.core.Node.Taint;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import java.util.ArrayList;

/// A new node is tainted not-ready, so that nothing is scheduled to it before its kubelet is up.
public record TaintNodesByCondition() implements AdmissionPlugin {

    private static final String NOT_READY = "node.kubernetes.io/not-ready";

    @Override
    @SuppressWarnings("unchecked")
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (!request.creates("nodes") || !(object instanceof Node node)) {
            return object;
        }
        var taints = new ArrayList<>(node.spec().taints());
        if (taints.stream().anyMatch(taint -> taint.key().equals(NOT_READY))) {
            return object;
        }
        taints.add(
                Edit.of(Taint.class)
                        .set(Taint::key, NOT_READY)
                        .set(Taint::effect, "NoSchedule")
                        .done());
        return (T) Edit.with(node, Node::spec, Edit.with(node.spec(), NodeSpec::taints, taints));
    }
}
