package io.flowyml.catalog.internal.flowyml;

/**
 * What could not be taken from FlowyML's table as it stands there.
 *
 * @param artifactId as FlowyML's table has it
 * @param id of the artifact in the catalog
 */
public record Problem(String artifactId, String id, String column, String problem) {}
