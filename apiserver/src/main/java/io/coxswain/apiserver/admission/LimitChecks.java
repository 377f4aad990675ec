package io.coxswain.apiserver.admission;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.LimitRange;
import io.coxswain.api.core.LimitRange.LimitRangeItem;
import io.coxswain.api.core.PersistentVolumeClaimSpec;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.pods.PodResources;
import io.coxswain.api.schema.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a LimitRange has against a pod or a claim.
final class LimitChecks {

    private final List<String> problems = new ArrayList<>();

    private LimitChecks() {}

    static List<String> pod(LimitRange range, PodSpec spec) {
        var checks = new LimitChecks();
        for (var item : range.spec().limits()) {
            switch (item.type()) {
                case "Container" -> {
                    spec.containers().forEach(container -> checks.container(item, container));
                    spec.initContainers().forEach(container -> checks.container(item, container));
                }
                case "Pod" ->
                        checks.all(item, PodResources.requests(spec), PodResources.limits(spec));
                default -> {}
            }
        }
        return checks.problems;
    }

    static List<String> claim(LimitRange range, PersistentVolumeClaimSpec spec) {
        var checks = new LimitChecks();
        var requests = spec.resources().requests();
        for (var item : range.spec().limits()) {
            if (!item.type().equals("PersistentVolumeClaim")) {
                continue;
            }
            sorted(item.min())
                    .forEach((name, min) -> checks.min(item.type(), name, min, requests, Map.of()));
            sorted(item.max())
                    .forEach((name, max) -> checks.maxRequest(item.type(), name, max, requests));
        }
        return checks.problems;
    }

    private void container(LimitRangeItem item, Container container) {
        all(item, container.resources().requests(), container.resources().limits());
    }

    private void all(
            LimitRangeItem item, Map<String, Quantity> requests, Map<String, Quantity> limits) {
        var type = item.type();
        sorted(item.min()).forEach((name, min) -> min(type, name, min, requests, limits));
        sorted(item.max()).forEach((name, max) -> max(type, name, max, requests, limits));
        sorted(item.maxLimitRequestRatio())
                .forEach((name, ratio) -> ratio(type, name, ratio, requests, limits));
    }

    private void min(
            String type,
            String name,
            Quantity min,
            Map<String, Quantity> requests,
            Map<String, Quantity> limits) {
        var start = "minimum " + name + " usage per " + type + " is " + min;
        var request = requests.get(name);
        var limit = limits.get(name);
        if (request == null) {
            problems.add(start + ".  No request is specified");
        } else if (request.compareTo(min) < 0) {
            problems.add(start + ", but request is " + request);
        } else if (limit != null && limit.compareTo(min) < 0) {
            problems.add(start + ", but limit is " + limit);
        }
    }

    private void max(
            String type,
            String name,
            Quantity max,
            Map<String, Quantity> requests,
            Map<String, Quantity> limits) {
        var start = "maximum " + name + " usage per " + type + " is " + max;
        var request = requests.get(name);
        var limit = limits.get(name);
        if (limit == null) {
            problems.add(start + ".  No limit is specified");
        } else if (limit.compareTo(max) > 0) {
            problems.add(start + ", but limit is " + limit);
        } else if (request != null && request.compareTo(max) > 0) {
            problems.add(start + ", but request is " + request);
        }
    }

    private void maxRequest(
            String type, String name, Quantity max, Map<String, Quantity> requests) {
        var start = "maximum " + name + " usage per " + type + " is " + max;
        var request = requests.get(name);
        if (request == null) {
            problems.add(start + ".  No request is specified");
        } else if (request.compareTo(max) > 0) {
            problems.add(start + ", but request is " + request);
        }
    }

    private void ratio(
            String type,
            String name,
            Quantity max,
            Map<String, Quantity> requests,
            Map<String, Quantity> limits) {
        var start = name + " max limit to request ratio per " + type + " is " + max;
        var request = requests.get(name);
        var limit = limits.get(name);
        if (absent(request)) {
            problems.add(start + ", but no request is specified or request is 0");
            return;
        }
        if (absent(limit) || request == null || limit == null) {
            problems.add(start + ", but no limit is specified or limit is 0");
            return;
        }
        BigDecimal ratio = limit.amount().divide(request.amount(), 9, RoundingMode.HALF_EVEN);
        if (ratio.compareTo(max.amount()) > 0) {
            problems.add(
                    start
                            + ", but provided ratio is "
                            + String.format(Locale.ROOT, "%f", ratio.doubleValue()));
        }
    }

    private static boolean absent(@Nullable Quantity quantity) {
        return quantity == null || quantity.isZero();
    }

    /// In the order of their names, so that messages are the same each time.
    private static Map<String, Quantity> sorted(Map<String, Quantity> quantities) {
        return new TreeMap<>(quantities);
    }
}
