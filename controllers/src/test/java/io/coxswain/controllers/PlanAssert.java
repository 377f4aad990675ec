package io.coxswain.controllers;

import io.coxswain.api.schema.Resource;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

/// Says what a plan does.
public final class PlanAssert extends AbstractAssert<PlanAssert, Plan> {

    private PlanAssert(Plan plan) {
        super(plan, PlanAssert.class);
    }

    public static PlanAssert assertThat(Plan plan) {
        return new PlanAssert(plan);
    }

    /// Nothing but perhaps a status.
    public PlanAssert changesNothing() {
        Assertions.assertThat(steps().filter(step -> !(step instanceof Step.UpdateStatus)))
                .isEmpty();
        return this;
    }

    /// Nothing but this many creations (of a revision, say).
    public PlanAssert changesNothingBut(int creations) {
        creates(creations);
        return deletesOnly();
    }

    /// Deletes these objects and no others.
    public PlanAssert deletesOnly(String... names) {
        Assertions.assertThat(of(Step.Delete.class).map(Step.Delete::object).map(Resource::name))
                .containsExactlyInAnyOrder(names);
        return this;
    }

    public PlanAssert creates(int count) {
        Assertions.assertThat(of(Step.Create.class)).hasSize(count);
        return this;
    }

    /// The objects of a kind that the plan creates.
    public <T extends Resource> ListAssert<T> created(Class<T> type) {
        return list(of(Step.Create.class).map(Step.Create::object), type);
    }

    public <T extends Resource> ListAssert<T> updated(Class<T> type) {
        return list(of(Step.Update.class).map(Step.Update::object), type);
    }

    /// The objects of a kind with the statuses they are to have.
    public <T extends Resource> ListAssert<T> statuses(Class<T> type) {
        return list(of(Step.UpdateStatus.class).map(Step.UpdateStatus::object), type);
    }

    /// The events, as `Reason: message`.
    public ListAssert<String> events() {
        return Assertions.assertThat(
                of(Step.Record.class)
                        .map(event -> event.reason() + ": " + event.message())
                        .toList());
    }

    public PlanAssert looksAgainIn(Duration delay) {
        Assertions.assertThat(actual.again()).isEqualTo(delay);
        return this;
    }

    private static <T extends Resource> ListAssert<T> list(
            Stream<Resource> objects, Class<T> type) {
        List<T> ofKind = objects.filter(type::isInstance).map(type::cast).toList();
        return Assertions.assertThat(ofKind);
    }

    private <S extends Step> Stream<S> of(Class<S> kind) {
        return steps().filter(kind::isInstance).map(kind::cast);
    }

    /// The steps, without what is told about their outcome.
    private Stream<Step> steps() {
        return actual.steps()
                .map(step -> step instanceof Step.Announced announced ? announced.step() : step);
    }
}
