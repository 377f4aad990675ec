package io.coxswain.api.meta;

import io.coxswain.api.schema.Required;
import java.util.List;

public record RootPaths(@Required List<String> paths) {}
