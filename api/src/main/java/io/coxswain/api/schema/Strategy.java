package io.coxswain.api.schema;

import io.coxswain.api.validation.MetadataRules;
import io.coxswain.api.validation.NameRule;
import io.coxswain.api.validation.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What data cannot say about a kind: computed defaults, rules across fields, what an update may
/// change. Immutable; a kind starts from [#standard()] and names what is special about it.
///
/// The registry asks in this order: [#withDefaults], [#prepareForCreate] (or `…ForUpdate`,
/// `…ForStatusUpdate`), admission, [#check] (or `…Update`, `…StatusUpdate`), [#warningsFor].
/// Everything given to a strategy is a pure function.
public final class Strategy<T> {

    /// Reports what is wrong with an object.
    @FunctionalInterface
    public interface Check<T> {
        void check(T object, FieldErrors errors);

        default Check<T> then(Check<T> next) {
            return (object, errors) -> {
                check(object, errors);
                next.check(object, errors);
            };
        }
    }

    /// Reports what is wrong with a change.
    @FunctionalInterface
    public interface UpdateCheck<T> {
        void check(T old, T updated, FieldErrors errors);
    }

    /// Texts for `Warning` headers; `old` is null on create.
    @FunctionalInterface
    public interface Warnings<T> {
        List<String> of(T updated, @Nullable T old);
    }

    /// How a part of an object other than its status is written: (old, updated) → updated, and what
    /// is wrong with the result.
    private record Part<T>(BinaryOperator<T> prepare, UpdateCheck<T> check) {}

    /// When the generation of an object rises.
    private enum Generation {
        NEVER,
        /// 1 on create, and with every change of content.
        COUNTED,
        /// With every change of content; a new object has none.
        COUNTED_FROM_NONE,
        /// Always 1.
        FIXED
    }

    private NameRule names = Names.SUBDOMAIN_NAME;
    private UnaryOperator<T> defaults = object -> object;
    private UnaryOperator<T> beforeCreate = object -> object;
    private BinaryOperator<T> beforeUpdate = (old, updated) -> updated;
    private BinaryOperator<T> beforeStatusUpdate = (old, updated) -> updated;
    private Check<T> check = (object, errors) -> {};
    private @Nullable Check<T> checkOfUpdated;
    private UpdateCheck<T> updateCheck = (old, updated, errors) -> {};
    private UpdateCheck<T> statusUpdateCheck = (old, updated, errors) -> {};
    private Warnings<T> warnings = (updated, old) -> List.of();
    private Function<T, Map<String, String>> fields = object -> Map.of();
    private Map<String, String> aliases = Map.of();
    private List<String> subresources = List.of();
    private String deprecation = "";
    private Map<String, Part<T>> parts = Map.of();
    private Map<String, List<String>> resets = Map.of();
    private Generation generation = Generation.COUNTED;
    private BiPredicate<T, T> countsToo = (old, updated) -> false;
    private boolean answersDeleted;
    private boolean orphans;
    private String orphanWarning = "";
    private boolean metadataTwice = true;
    private boolean metadataAgain;
    private boolean statusOnCreate;
    private boolean createOnUpdate;
    private boolean unconditionalUpdate = true;
    private boolean graceful;

    private Strategy() {}

    private Strategy(Strategy<T> other) {
        names = other.names;
        defaults = other.defaults;
        beforeCreate = other.beforeCreate;
        beforeUpdate = other.beforeUpdate;
        beforeStatusUpdate = other.beforeStatusUpdate;
        check = other.check;
        checkOfUpdated = other.checkOfUpdated;
        updateCheck = other.updateCheck;
        statusUpdateCheck = other.statusUpdateCheck;
        warnings = other.warnings;
        fields = other.fields;
        parts = other.parts;
        countsToo = other.countsToo;
        copyTraits(other);
    }

    /// What does not depend on the version an object is seen as.
    private void copyTraits(Strategy<?> other) {
        aliases = other.aliases;
        subresources = other.subresources;
        resets = other.resets;
        deprecation = other.deprecation;
        generation = other.generation;
        answersDeleted = other.answersDeleted;
        orphans = other.orphans;
        orphanWarning = other.orphanWarning;
        metadataTwice = other.metadataTwice;
        metadataAgain = other.metadataAgain;
        statusOnCreate = other.statusOnCreate;
        createOnUpdate = other.createOnUpdate;
        unconditionalUpdate = other.unconditionalUpdate;
        graceful = other.graceful;
    }

    /// What most kinds do: names are DNS subdomains; generation is 1 on create and rises when
    /// anything but metadata and status changes; where `status` is a subresource, create drops it,
    /// update keeps it, and a status update keeps everything else.
    public static <T> Strategy<T> standard() {
        return new Strategy<>();
    }

    /// The same treatment of another version of the kind: every rule sees an object of it as this
    /// version, in whose terms errors are told.
    public <O> Strategy<O> through(Conversion<O, T> conversion) {
        var to = conversion.toStored();
        var from = conversion.fromStored();
        var other = new Strategy<O>();
        other.names = names;
        other.defaults = object -> from.apply(defaults.apply(to.apply(object)));
        other.beforeCreate = object -> from.apply(beforeCreate.apply(to.apply(object)));
        other.beforeUpdate =
                (old, updated) -> from.apply(beforeUpdate.apply(to.apply(old), to.apply(updated)));
        other.beforeStatusUpdate =
                (old, updated) ->
                        from.apply(beforeStatusUpdate.apply(to.apply(old), to.apply(updated)));
        other.check = (object, errors) -> check.check(to.apply(object), errors);
        var whenUpdated = checkOfUpdated;
        if (whenUpdated != null) {
            other.checkOfUpdated = (object, errors) -> whenUpdated.check(to.apply(object), errors);
        }
        other.updateCheck =
                (old, updated, errors) ->
                        updateCheck.check(to.apply(old), to.apply(updated), errors);
        other.statusUpdateCheck =
                (old, updated, errors) ->
                        statusUpdateCheck.check(to.apply(old), to.apply(updated), errors);
        other.warnings =
                (updated, old) ->
                        warnings.of(to.apply(updated), old == null ? null : to.apply(old));
        other.fields = object -> fields.apply(to.apply(object));
        other.countsToo = (old, updated) -> countsToo.test(to.apply(old), to.apply(updated));
        other.copyTraits(this);
        return other;
    }

    // What a kind says about itself.

    public Strategy<T> names(NameRule rule) {
        return with(copy -> copy.names = rule);
    }

    /// Computed defaults, applied to every object that is read from a client.
    public Strategy<T> defaults(UnaryOperator<T> change) {
        return with(copy -> copy.defaults = change);
    }

    /// Runs after the standard preparation.
    public Strategy<T> beforeCreate(UnaryOperator<T> change) {
        return with(copy -> copy.beforeCreate = change);
    }

    /// (old, updated) → updated; runs before the generation is decided.
    public Strategy<T> beforeUpdate(BinaryOperator<T> change) {
        return with(copy -> copy.beforeUpdate = change);
    }

    /// (old, updated) → updated; runs after the standard preparation.
    public Strategy<T> beforeStatusUpdate(BinaryOperator<T> change) {
        return with(copy -> copy.beforeStatusUpdate = change);
    }

    /// The rules of a single object, beyond its metadata; for new and for updated ones.
    public Strategy<T> validate(Check<T> rules) {
        return with(copy -> copy.check = rules);
    }

    /// The rules of a single object when it replaces one, where they differ from those of a new
    /// one.
    public Strategy<T> validateUpdated(Check<T> rules) {
        return with(copy -> copy.checkOfUpdated = rules);
    }

    /// The rules between the stored and the new object.
    public Strategy<T> validateUpdate(UpdateCheck<T> rules) {
        return with(copy -> copy.updateCheck = rules);
    }

    public Strategy<T> validateStatusUpdate(UpdateCheck<T> rules) {
        return with(copy -> copy.statusUpdateCheck = rules);
    }

    public Strategy<T> warnings(Warnings<T> texts) {
        return with(copy -> copy.warnings = texts);
    }

    /// The selectable fields beside `metadata.name` and `metadata.namespace`, by path.
    public Strategy<T> fields(Function<T, Map<String, String>> byPath) {
        return with(copy -> copy.fields = byPath);
    }

    /// The names by which clients of this version ask for the fields of [#fields], where they
    /// differ from those in the version that is stored.
    public Strategy<T> fieldAliases(Map<String, String> storedByAlias) {
        return with(copy -> copy.aliases = storedByAlias);
    }

    public Strategy<T> subresources(String... names) {
        return with(copy -> copy.subresources = List.of(names));
    }

    /// A subresource by which a part of the object is written: what it may change is up to
    /// `prepare`, (old, updated) → updated.
    public Strategy<T> part(String name, BinaryOperator<T> prepare, UpdateCheck<T> rules) {
        return with(copy -> {
            copy.parts = new HashMap<>(parts);
            copy.parts.put(name, new Part<>(prepare, rules));
            if (!subresources.contains(name)) {
                copy.subresources = new ArrayList<>(subresources);
                copy.subresources.add(name);
            }
        });
    }

    /// What a write to this part (empty for the object itself) never changes, where that is not
    /// what follows from `status`: nobody becomes owner of these fields there.
    public Strategy<T> resets(String part, String... paths) {
        return with(copy -> {
            copy.resets = new HashMap<>(resets);
            copy.resets.put(part, List.of(paths));
        });
    }

    /// Whoever uses the kind is warned with this text; empty for no warning.
    public Strategy<T> deprecated(String warning) {
        return with(copy -> copy.deprecation = warning);
    }

    /// The kind does not count its changes.
    public Strategy<T> withoutGeneration() {
        return with(copy -> copy.generation = Generation.NEVER);
    }

    /// A new object has no generation; its first change makes it 1.
    public Strategy<T> countFromNone() {
        return with(copy -> copy.generation = Generation.COUNTED_FROM_NONE);
    }

    /// The generation is 1 for ever.
    public Strategy<T> fixedGeneration() {
        return with(copy -> copy.generation = Generation.FIXED);
    }

    /// (old, updated): the generation rises with these changes, too.
    public Strategy<T> countToo(BiPredicate<T, T> changed) {
        return with(copy -> copy.countsToo = changed);
    }

    /// A deletion is answered with the last state of the object instead of a `Status`.
    public Strategy<T> answerDeleted() {
        return with(copy -> copy.answersDeleted = true);
    }

    /// A deletion that does not say what becomes of dependents orphans them, and `warning`, if it
    /// is not empty, tells so.
    public Strategy<T> orphanDependents(String warning) {
        return with(copy -> {
            copy.orphans = true;
            copy.orphanWarning = warning;
        });
    }

    /// Whoever creates the object may report its status with it.
    public Strategy<T> keepStatusOnCreate() {
        return with(copy -> copy.statusOnCreate = true);
    }

    /// A change of metadata that is not allowed is reported once; most kinds report it twice, since
    /// both the common and their own rules find it.
    public Strategy<T> reportMetadataOnce() {
        return with(copy -> copy.metadataTwice = false);
    }

    /// Bad metadata of an update is reported once more, since the kind's own rules look at the
    /// whole new object.
    public Strategy<T> reportMetadataAgain() {
        return with(copy -> copy.metadataAgain = true);
    }

    /// A PUT to a name that does not exist creates the object.
    public Strategy<T> allowCreateOnUpdate() {
        return with(copy -> copy.createOnUpdate = true);
    }

    /// A PUT must carry a resource version.
    public Strategy<T> forbidUnconditionalUpdate() {
        return with(copy -> copy.unconditionalUpdate = false);
    }

    /// Deletion waits for someone (the kubelet) to confirm it.
    public Strategy<T> graceful() {
        return with(copy -> copy.graceful = true);
    }

    // What the registry asks.

    public T withDefaults(T object) {
        return defaults.apply(object);
    }

    public T prepareForCreate(T object) {
        var fresh = statusIsApart() && !statusOnCreate ? Parts.withoutStatus(object) : object;
        return beforeCreate.apply(
                switch (generation) {
                    case COUNTED, FIXED -> Parts.withGeneration(fresh, 1);
                    case NEVER, COUNTED_FROM_NONE -> fresh;
                });
    }

    public T prepareForUpdate(T old, T updated) {
        var kept = statusIsApart() ? Parts.withStatusOf(old, updated) : updated;
        var prepared = beforeUpdate.apply(old, Parts.withGenerationOf(old, kept));
        return counted(old, prepared);
    }

    private T counted(T old, T updated) {
        var changes =
                switch (generation) {
                    case NEVER, FIXED -> false;
                    case COUNTED, COUNTED_FROM_NONE ->
                            !Parts.sameButStatus(old, updated) || countsToo.test(old, updated);
                };
        return changes ? Parts.withGeneration(updated, Parts.generation(old) + 1) : updated;
    }

    public T prepareForStatusUpdate(T old, T updated) {
        return beforeStatusUpdate.apply(old, Parts.withAllButStatusOf(old, updated));
    }

    /// Prepares a write to `part`: empty for the object itself, `status`, or one of [#part].
    public T prepareForUpdate(String part, T old, T updated) {
        var own = parts.get(part);
        if (own != null) {
            var prepared = own.prepare().apply(old, Parts.withGenerationOf(old, updated));
            return counted(old, prepared);
        }
        return part.equals("status")
                ? prepareForStatusUpdate(old, updated)
                : prepareForUpdate(old, updated);
    }

    public List<FieldError> check(T object) {
        var errors = new FieldErrors();
        if (object instanceof Resource resource) {
            MetadataRules.check(resource, names, errors.at("metadata"));
        }
        check.check(object, errors);
        return errors.all();
    }

    public List<FieldError> checkUpdate(T old, T updated) {
        var errors = new FieldErrors();
        checkMetadata(old, updated, errors);
        (checkOfUpdated == null ? check : checkOfUpdated).check(updated, errors);
        updateCheck.check(old, updated, errors);
        return errors.all();
    }

    public List<FieldError> checkStatusUpdate(T old, T updated) {
        var errors = new FieldErrors();
        checkMetadata(old, updated, errors);
        statusUpdateCheck.check(old, updated, errors);
        return errors.all();
    }

    /// What is wrong with a write to `part`.
    public List<FieldError> checkUpdate(String part, T old, T updated) {
        var own = parts.get(part);
        if (own != null) {
            var errors = new FieldErrors();
            checkMetadata(old, updated, errors);
            own.check().check(old, updated, errors);
            return errors.all();
        }
        return part.equals("status") ? checkStatusUpdate(old, updated) : checkUpdate(old, updated);
    }

    /// Paths that a write to `part` never changes.
    public List<String> resetBy(String part) {
        var own = resets.get(part);
        if (own != null) {
            return own;
        }
        if (part.equals("status")) {
            return List.of("spec");
        }
        return statusIsApart() ? List.of("status") : List.of();
    }

    /// `old` is null on create.
    public List<String> warningsFor(T updated, @Nullable T old) {
        return warnings.of(updated, old);
    }

    /// The selectable fields of `object`, by path.
    public Map<String, String> fieldsOf(T object) {
        return fields.apply(object);
    }

    /// The selectable fields of this version, where they have other names than in [#fieldsOf].
    public Map<String, String> fieldAliases() {
        return aliases;
    }

    /// `status`, `scale`, … as the kind offers them.
    public List<String> subresources() {
        return subresources;
    }

    /// Whether GET, PUT and PATCH on this subresource are about a part of the object itself.
    public boolean isPart(String subresource) {
        return parts.containsKey(subresource)
                || (subresource.equals("status") && subresources.contains("status"));
    }

    public boolean answersDeleted() {
        return answersDeleted;
    }

    public boolean orphansDependents() {
        return orphans;
    }

    public String orphanWarning() {
        return orphanWarning;
    }

    public String deprecation() {
        return deprecation;
    }

    public boolean createsOnUpdate() {
        return createOnUpdate;
    }

    public boolean updatesUnconditionally() {
        return unconditionalUpdate;
    }

    public boolean deletesGracefully() {
        return graceful;
    }

    private boolean statusIsApart() {
        return subresources.contains("status");
    }

    private void checkMetadata(T old, T updated, FieldErrors errors) {
        if (old instanceof Resource before && updated instanceof Resource after) {
            MetadataRules.checkUpdate(before, after, errors.at("metadata"));
            MetadataRules.check(after, (name, prefix) -> List.of(), errors.at("metadata"));
            if (metadataAgain) {
                MetadataRules.check(after, (name, prefix) -> List.of(), errors.at("metadata"));
            }
            if (metadataTwice) {
                MetadataRules.checkUpdate(before, after, errors.at("metadata"));
            }
        }
    }

    private Strategy<T> with(Consumer<Strategy<T>> change) {
        var copy = new Strategy<>(this);
        change.accept(copy);
        return copy;
    }
}
