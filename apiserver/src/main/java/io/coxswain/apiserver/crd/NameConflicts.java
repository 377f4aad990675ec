package io.coxswain.apiserver.crd;

import io.coxswain.api.apiextensions.Conditions;
import io.coxswain.api.apiextensions.CustomResourceDefinition;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionCondition;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionNames;
import io.coxswain.api.schema.Edit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Which names of a definition are accepted: those that no other definition of its group has.
///
/// The last conflict found is the reason of the condition; names without conflict are accepted all
/// the same.
final class NameConflicts {

    private final Set<String> resources = new HashSet<>();
    private final Set<String> kinds = new HashSet<>();
    private CustomResourceDefinitionCondition condition =
            Conditions.of(Conditions.NAMES_ACCEPTED, true, "NoConflicts", "no conflicts found");

    /// What became of the names a definition asks for.
    record Result(
            CustomResourceDefinitionNames accepted, CustomResourceDefinitionCondition condition) {}

    private NameConflicts() {}

    static Result of(
            CustomResourceDefinition definition, Collection<CustomResourceDefinition> all) {
        var conflicts = new NameConflicts();
        for (var other : all) {
            if (other.spec().group().equals(definition.spec().group())) {
                conflicts.use(other.status().acceptedNames());
            }
        }
        return conflicts.decide(definition.spec().names(), definition.status().acceptedNames());
    }

    private void use(CustomResourceDefinitionNames names) {
        resources.add(names.plural());
        resources.add(names.singular());
        resources.addAll(names.shortNames());
        kinds.add(names.kind());
        kinds.add(names.listKind());
        resources.remove("");
        kinds.remove("");
    }

    private Result decide(
            CustomResourceDefinitionNames wanted, CustomResourceDefinitionNames accepted) {
        var names = Edit.of(accepted);
        if (free(wanted.plural(), accepted.plural(), resources, "PluralConflict")) {
            names.set(CustomResourceDefinitionNames::plural, wanted.plural());
        }
        if (free(wanted.singular(), accepted.singular(), resources, "SingularConflict")) {
            names.set(CustomResourceDefinitionNames::singular, wanted.singular());
        }
        if (shortNames(wanted, accepted)) {
            names.set(CustomResourceDefinitionNames::shortNames, wanted.shortNames());
        }
        if (free(wanted.kind(), accepted.kind(), kinds, "KindConflict")) {
            names.set(CustomResourceDefinitionNames::kind, wanted.kind());
        }
        if (free(wanted.listKind(), accepted.listKind(), kinds, "ListKindConflict")) {
            names.set(CustomResourceDefinitionNames::listKind, wanted.listKind());
        }
        names.set(CustomResourceDefinitionNames::categories, wanted.categories());
        return new Result(names.done(), condition);
    }

    private boolean free(String wanted, String accepted, Set<String> used, String reason) {
        if (wanted.equals(accepted) || !used.contains(wanted)) {
            return true;
        }
        refuse(reason, "\"" + wanted + "\" is already in use");
        return false;
    }

    private boolean shortNames(
            CustomResourceDefinitionNames wanted, CustomResourceDefinitionNames accepted) {
        var taken = new ArrayList<String>();
        for (var name : wanted.shortNames()) {
            if (!accepted.shortNames().contains(name) && resources.contains(name)) {
                taken.add("\"" + name + "\" is already in use");
            }
        }
        if (taken.isEmpty()) {
            return true;
        }
        var text = String.join(", ", taken);
        refuse("ShortNamesConflict", taken.size() == 1 ? text : "[" + text + "]");
        return false;
    }

    private void refuse(String reason, String message) {
        condition = Conditions.of(Conditions.NAMES_ACCEPTED, false, reason, message);
    }
}
