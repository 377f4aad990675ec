package io.coxswain.scheduler.plugins;

import io.coxswain.api.core.Node.Taint;
import io.coxswain.api.core.Toleration;
import java.util.List;

/// Whether tolerations tolerate taints.
final class Tolerations {

    private Tolerations() {}

    static boolean tolerate(List<Toleration> tolerations, Taint taint) {
        for (var toleration : tolerations) {
            if (tolerates(toleration, taint)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the taint keeps pods away, rather than only making the node less welcome.
    static boolean repels(Taint taint) {
        return taint.effect().equals("NoSchedule") || taint.effect().equals("NoExecute");
    }

    private static boolean tolerates(Toleration toleration, Taint taint) {
        if (!toleration.effect().isEmpty() && !toleration.effect().equals(taint.effect())) {
            return false;
        }
        if (!toleration.key().isEmpty() && !toleration.key().equals(taint.key())) {
            return false;
        }
        return switch (toleration.operator()) {
            case "", "Equal" -> toleration.value().equals(taint.value());
            case "Exists" -> true;
            case "Gt" -> compare(taint.value(), toleration.value()) > 0;
            case "Lt" -> compare(taint.value(), toleration.value()) < 0;
            default -> false;
        };
    }

    /// 0 when either is no number.
    private static int compare(String one, String other) {
        try {
            return Long.compare(Long.parseLong(one), Long.parseLong(other));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
