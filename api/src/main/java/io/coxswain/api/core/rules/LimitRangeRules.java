package io.coxswain.api.core.rules;

import io.coxswain.api.core.LimitRange;
import io.coxswain.api.core.LimitRange.LimitRangeItem;
import io.coxswain.api.core.LimitRange.LimitRangeSpec;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.validation.Names;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The defaults and rules of LimitRanges.
public final class LimitRangeRules {

    private static final Set<String> TYPES = Set.of("Pod", "Container", "PersistentVolumeClaim");

    private LimitRangeRules() {}

    public static LimitRange withDefaults(LimitRange range) {
        return Edit.with(
                range,
                LimitRange::spec,
                new LimitRangeSpec(Edit.each(range.spec().limits(), LimitRangeRules::defaults)));
    }

    public static void check(LimitRange range, FieldErrors errors) {
        var seen = new HashSet<String>();
        for (var i = 0; i < range.spec().limits().size(); i++) {
            var item = range.spec().limits().get(i);
            var at = errors.at("spec").at("limits").at(i);
            type(item.type(), at.at("type"));
            if (!seen.add(item.type())) {
                at.at("type").duplicate(item.type());
            }
            item(item, at);
        }
    }

    /// For containers a missing default is the largest, a missing default request the default.
    private static LimitRangeItem defaults(LimitRangeItem item) {
        if (!item.type().equals("Container")) {
            return item;
        }
        var limits = new LinkedHashMap<>(item.default_());
        item.max().forEach(limits::putIfAbsent);
        var requests = new LinkedHashMap<>(item.defaultRequest());
        limits.forEach(requests::putIfAbsent);
        item.min().forEach(requests::putIfAbsent);
        // What the user gave as a smallest amount wins over what follows from a largest one.
        for (var name : item.min().keySet()) {
            if (!item.defaultRequest().containsKey(name)
                    && !item.default_().containsKey(name)
                    && !item.max().containsKey(name)) {
                requests.put(name, item.min().get(name));
            }
        }
        return Edit.of(item)
                .set(LimitRangeItem::default_, limits)
                .set(LimitRangeItem::defaultRequest, requests)
                .done();
    }

    private static void type(String type, FieldErrors errors) {
        errors.invalid(type, Names.qualified(type));
        if (!type.contains("/") && !TYPES.contains(type)) {
            errors.invalid(type, "must be a standard limit type or fully qualified");
        }
    }

    private static void item(LimitRangeItem item, FieldErrors errors) {
        if (item.type().equals("Pod")) {
            if (!item.default_().isEmpty()) {
                errors.at("default").forbidden("may not be specified when `type` is 'Pod'");
            }
            if (!item.defaultRequest().isEmpty()) {
                errors.at("defaultRequest").forbidden("may not be specified when `type` is 'Pod'");
            }
        }
        if (item.type().equals("PersistentVolumeClaim")
                && !item.min().containsKey("storage")
                && !item.max().containsKey("storage")) {
            errors.at("limits")
                    .required(
                            "either minimum or maximum storage value is required, but neither was"
                                    + " provided");
        }
        var names = new TreeSet<>(item.max().keySet());
        names.addAll(item.min().keySet());
        names.addAll(item.default_().keySet());
        names.addAll(item.defaultRequest().keySet());
        names.addAll(item.maxLimitRequestRatio().keySet());
        for (var name : names) {
            amounts(item, name, errors);
        }
    }

    private static void amounts(LimitRangeItem item, String name, FieldErrors errors) {
        var min = item.min().get(name);
        var max = item.max().get(name);
        var limit = item.default_().get(name);
        var request = item.defaultRequest().get(name);
        if (above(min, max)) {
            errors.at("min")
                    .key(name)
                    .invalid(min, "min value " + min + " is greater than max value " + max);
        }
        if (above(min, request)) {
            errors.at("defaultRequest")
                    .key(name)
                    .invalid(
                            request,
                            "min value "
                                    + min
                                    + " is greater than default request value "
                                    + request);
        }
        if (above(request, max)) {
            errors.at("defaultRequest")
                    .key(name)
                    .invalid(
                            request,
                            "default request value "
                                    + request
                                    + " is greater than max value "
                                    + max);
        }
        if (above(request, limit)) {
            errors.at("defaultRequest")
                    .key(name)
                    .invalid(
                            request,
                            "default request value "
                                    + request
                                    + " is greater than default limit value "
                                    + limit);
        }
        if (above(min, limit)) {
            errors.at("default")
                    .key(name)
                    .invalid(min, "min value " + min + " is greater than default value " + limit);
        }
        if (above(limit, max)) {
            errors.at("default")
                    .key(name)
                    .invalid(max, "default value " + limit + " is greater than max value " + max);
        }
        ratio(item, name, errors.at("maxLimitRequestRatio").key(name));
    }

    private static void ratio(LimitRangeItem item, String name, FieldErrors errors) {
        var ratio = item.maxLimitRequestRatio().get(name);
        if (ratio == null) {
            return;
        }
        if (ratio.compareTo(Quantity.of(1)) < 0) {
            errors.invalid(ratio, "ratio " + ratio + " is less than 1");
        }
        var min = item.min().get(name);
        var max = item.max().get(name);
        if (min != null && max != null && !min.isZero()) {
            var widest = max.amount().doubleValue() / min.amount().doubleValue();
            if (ratio.amount().doubleValue() > widest) {
                errors.invalid(
                        ratio,
                        "ratio " + ratio + " is greater than max/min = %f".formatted(widest));
            }
        }
    }

    private static boolean above(@Nullable Quantity a, @Nullable Quantity b) {
        return a != null && b != null && a.compareTo(b) > 0;
    }
}
