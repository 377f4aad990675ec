package io.coxswain.api.core;

import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.PatchReplace;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import java.util.List;
import java.util.Map;

public record ResourceRequirements(
        Map<String, Quantity> limits,
        Map<String, Quantity> requests,
        @ListMap("name") @PatchReplace @Gate("DynamicResourceAllocation")
                List<ResourceClaim> claims) {

    public record ResourceClaim(@Required String name, String request) {}
}
