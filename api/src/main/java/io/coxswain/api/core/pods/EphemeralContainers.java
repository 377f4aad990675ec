package io.coxswain.api.core.pods;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.PodSpec.EphemeralContainer;
import io.coxswain.api.schema.RecordType;

/// An ephemeral container has every field of a container, and the name of its target.
final class EphemeralContainers {

    private static final RecordType<Container> CONTAINER = RecordType.of(Container.class);
    private static final RecordType<EphemeralContainer> EPHEMERAL =
            RecordType.of(EphemeralContainer.class);

    private EphemeralContainers() {}

    static Container asContainer(EphemeralContainer ephemeral) {
        var values = CONTAINER.absent();
        for (var part : CONTAINER.components()) {
            values[part.index()] = EPHEMERAL.component(part.name()).get(ephemeral);
        }
        return CONTAINER.create(values);
    }

    /// `ephemeral` with the fields of `container`.
    static EphemeralContainer like(EphemeralContainer ephemeral, Container container) {
        var values = EPHEMERAL.values(ephemeral);
        for (var part : CONTAINER.components()) {
            values[EPHEMERAL.component(part.name()).index()] = part.get(container);
        }
        return EPHEMERAL.create(values);
    }
}
