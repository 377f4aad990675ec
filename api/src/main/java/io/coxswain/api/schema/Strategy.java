package io.coxswain.api.schema;

import io.coxswain.api.validation.MetadataRules;
import io.coxswain.api.validation.NameRule;
import io.coxswain.api.validation.Names;
import java.util.List;
import java.util.Map;
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
    private List<String> subresources = List.of();
    private List<String> leftByStatus = List.of("spec");
    private String deprecation = "";
    private boolean generation = true;
    private boolean metadataTwice = true;
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
        subresources = other.subresources;
        leftByStatus = other.leftByStatus;
        deprecation = other.deprecation;
        generation = other.generation;
        metadataTwice = other.metadataTwice;
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

    public Strategy<T> subresources(String... names) {
        return with(copy -> copy.subresources = List.of(names));
    }

    /// The parts of an object that a status update leaves as they are.
    public Strategy<T> statusLeaves(String... parts) {
        return with(copy -> copy.leftByStatus = List.of(parts));
    }

    /// Whoever uses the kind is warned with this text; empty for no warning.
    public Strategy<T> deprecated(String warning) {
        return with(copy -> copy.deprecation = warning);
    }

    /// The kind does not count its changes.
    public Strategy<T> withoutGeneration() {
        return with(copy -> copy.generation = false);
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
        return beforeCreate.apply(generation ? Parts.withGeneration(fresh, 1) : fresh);
    }

    public T prepareForUpdate(T old, T updated) {
        var kept = statusIsApart() ? Parts.withStatusOf(old, updated) : updated;
        var prepared = beforeUpdate.apply(old, Parts.withGenerationOf(old, kept));
        if (!generation || Parts.sameButStatus(old, prepared)) {
            return prepared;
        }
        return Parts.withGeneration(prepared, Parts.generation(old) + 1);
    }

    public T prepareForStatusUpdate(T old, T updated) {
        return beforeStatusUpdate.apply(old, Parts.withAllButStatusOf(old, updated));
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

    /// `old` is null on create.
    public List<String> warningsFor(T updated, @Nullable T old) {
        return warnings.of(updated, old);
    }

    /// The selectable fields of `object`, by path.
    public Map<String, String> fieldsOf(T object) {
        return fields.apply(object);
    }

    /// `status`, `scale`, … as the kind offers them.
    public List<String> subresources() {
        return subresources;
    }

    public List<String> leftByStatus() {
        return leftByStatus;
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
