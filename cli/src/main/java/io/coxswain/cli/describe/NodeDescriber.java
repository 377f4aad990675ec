package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Quantity;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Describes Nodes.
final class NodeDescriber {

    private static final String ROLE = "node-role.kubernetes.io/";

    private NodeDescriber() {}

    static void describe(Target target, Sheet sheet, Related related) {
        var node = target.object();
        var status = node.object("status");
        sheet.head(node, false);
        var roles =
                Trees.map(node, "metadata.labels").keySet().stream()
                        .filter(label -> label.startsWith(ROLE))
                        .map(label -> label.substring(ROLE.length()))
                        .sorted()
                        .toList();
        sheet.field(0, "Roles", String.join(",", roles));
        sheet.marks(node);
        var created = Trees.text(node, "metadata.creationTimestamp");
        sheet.line(0, "CreationTimestamp:\t" + Sheet.date(created));
        taints(Trees.objects(node, "spec.taints"), sheet);
        sheet.line(0, "Unschedulable:\t" + Trees.flag(node, "spec.unschedulable"));
        lease(target, sheet, related);
        conditions(Trees.objects(status, "conditions"), sheet);
        sheet.line(0, "Addresses:");
        for (var address : Trees.objects(status, "addresses")) {
            sheet.line(1, address.text("type") + ":\t" + address.text("address"));
        }
        amounts("Capacity", status.object("capacity"), sheet);
        amounts("Allocatable", status.object("allocatable"), sheet);
        sheet.line(0, "System Info:");
        var info = status.object("nodeInfo");
        sheet.line(1, "Machine ID:\t" + info.text("machineID"));
        sheet.line(1, "System UUID:\t" + info.text("systemUUID"));
        sheet.line(1, "Boot ID:\t" + info.text("bootID"));
        sheet.line(1, "Kernel Version:\t" + info.text("kernelVersion"));
        sheet.line(1, "OS Image:\t" + info.text("osImage"));
        sheet.line(1, "Operating System:\t" + info.text("operatingSystem"));
        sheet.line(1, "Architecture:\t" + info.text("architecture"));
        sheet.line(1, "Container Runtime Version:\t" + info.text("containerRuntimeVersion"));
        sheet.line(1, "Kubelet Version:\t" + info.text("kubeletVersion"));
        sheet.line(1, "Kube-Proxy Version:\t" + info.text("kubeProxyVersion"));
        sheet.optional(0, "PodCIDR", Trees.text(node, "spec.podCIDR"));
        sheet.optional(0, "PodCIDRs", String.join(",", Trees.texts(node, "spec.podCIDRs")));
        sheet.optional(0, "ProviderID", Trees.text(node, "spec.providerID"));
        pods(target, sheet, related);
    }

    private static void taints(List<Json.Obj> taints, Sheet sheet) {
        var lead = "Taints:";
        if (taints.isEmpty()) {
            sheet.line(0, lead + "\t<none>");
        }
        for (var taint : taints) {
            var value = taint.text("value").isEmpty() ? "" : "=" + taint.text("value");
            sheet.line(0, lead + "\t" + taint.text("key") + value + ":" + taint.text("effect"));
            lead = "";
        }
    }

    private static void lease(Target target, Sheet sheet, Related related) {
        var lease = related.get(LEASES + target.name());
        if (lease == null) {
            sheet.line(
                    0,
                    "Lease:\tFailed to get lease: leases.coordination.k8s.io \""
                            + target.name()
                            + "\" not found");
            return;
        }
        sheet.line(0, "Lease:");
        var holder = Trees.text(lease, "spec.holderIdentity");
        sheet.line(1, "HolderIdentity:\t" + (holder.isEmpty() ? "<unset>" : holder));
        sheet.line(1, "AcquireTime:\t" + time(Trees.text(lease, "spec.acquireTime")));
        sheet.line(1, "RenewTime:\t" + time(Trees.text(lease, "spec.renewTime")));
    }

    private static final String LEASES =
            "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/";

    private static String time(String time) {
        return time.isEmpty() ? "<unset>" : Sheet.date(time);
    }

    private static void conditions(List<Json.Obj> conditions, Sheet sheet) {
        if (conditions.isEmpty()) {
            return;
        }
        sheet.line(0, "Conditions:");
        sheet.line(1, "Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage");
        sheet.line(1, "----\t------\t-----------------\t------------------\t------\t-------");
        for (var c : conditions) {
            sheet.line(
                    1,
                    String.join(
                            " \t",
                            c.text("type"),
                            c.text("status"),
                            Sheet.date(c.text("lastHeartbeatTime")),
                            Sheet.date(c.text("lastTransitionTime")),
                            c.text("reason"),
                            c.text("message")));
        }
    }

    private static void amounts(String title, Json.Obj amounts, Sheet sheet) {
        if (amounts.fields().isEmpty()) {
            return;
        }
        sheet.line(0, title + ":");
        new TreeMap<>(amounts.fields())
                .forEach((name, value) -> sheet.line(1, name + ":\t" + Trees.text(value)));
    }

    private static void pods(Target target, Sheet sheet, Related related) {
        var selector =
                "spec.nodeName=" + target.name() + ",status.phase!=Succeeded,status.phase!=Failed";
        var pods = related.list("/api/v1", "", "pods", Query.EMPTY.with("fieldSelector", selector));
        sheet.line(0, "Non-terminated Pods:\t(" + pods.size() + " in total)");
        sheet.line(
                1,
                "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge");
        sheet.line(
                1,
                "---------\t----\t\t------------\t----------\t---------------\t-------------\t---");
        var total = new TreeMap<String, Long>();
        var allocatable = Trees.map(target.object(), "status.allocatable");
        for (var pod : pods) {
            var cells = new ArrayList<String>();
            cells.add(Trees.namespace(pod));
            cells.add(Trees.name(pod));
            cells.add("");
            for (var resource : List.of("cpu", "memory")) {
                for (var bound : List.of("requests", "limits")) {
                    var amount = sum(pod, bound, resource);
                    total.merge(resource + bound, amount, Long::sum);
                    cells.add(share(resource, amount, allocatable));
                }
            }
            cells.add(related.age(Trees.text(pod, "metadata.creationTimestamp")));
            sheet.line(1, String.join("\t", cells));
        }
        sheet.line(0, "Allocated resources:");
        sheet.line(1, "(Total limits may be over 100 percent, i.e., overcommitted.)");
        sheet.line(1, "Resource\tRequests\tLimits");
        sheet.line(1, "--------\t--------\t------");
        for (var resource : List.of("cpu", "memory", "ephemeral-storage")) {
            var requests = total.getOrDefault(resource + "requests", 0L);
            var limits = total.getOrDefault(resource + "limits", 0L);
            sheet.line(
                    1,
                    resource
                            + "\t"
                            + share(resource, requests, allocatable)
                            + "\t"
                            + share(resource, limits, allocatable));
        }
    }

    /// In thousandths.
    private static long sum(Json.Obj pod, String bound, String resource) {
        return Trees.objects(pod, "spec.containers").stream()
                .mapToLong(c -> milli(Trees.map(c, "resources." + bound).get(resource)))
                .sum();
    }

    private static long milli(@Nullable String amount) {
        return amount == null || amount.isEmpty() ? 0 : Quantity.parse(amount).millis();
    }

    private static String share(String resource, long milli, Map<String, String> allocatable) {
        var all = milli(allocatable.get(resource));
        var percent = all == 0 ? 0 : milli * 100 / all;
        return amount(resource, milli) + " (" + percent + "%)";
    }

    private static String amount(String resource, long milli) {
        if (resource.equals("cpu")) {
            return milli % 1000 == 0 ? Long.toString(milli / 1000) : milli + "m";
        }
        var bytes = milli / 1000;
        if (bytes == 0) {
            return "0";
        }
        for (var unit : List.of("Gi", "Mi", "Ki")) {
            var size =
                    switch (unit) {
                        case "Gi" -> 1L << 30;
                        case "Mi" -> 1L << 20;
                        default -> 1L << 10;
                    };
            if (bytes % size == 0) {
                return bytes / size + unit;
            }
        }
        return Long.toString(bytes);
    }
}
