package io.flowyml.catalog.spi;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that a server lets a client in with; the text of it is with the client alone.
 *
 * @param id names the key where the key itself must not be shown
 * @param name who holds it: stands as the actor in the events
 * @param role what it allows
 * @param projects what it is for; empty for every project
 * @param createdAt when it was made
 * @param createdBy who made it
 * @param expiresAt {@code null} for never
 * @param lastUsedAt to about a minute; {@code null} for never
 * @param revokedAt {@code null} while it is good
 * @since 0.1
 */
public record ApiKey(
    String id,
    String name,
    Role role,
    List<String> projects,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {

  /** What a key allows; each includes those before it. */
  public enum Role {
    /** To ask. */
    READER,
    /** To change. */
    WRITER,
    /** To purge, to import and to hand out keys. */
    ADMIN
  }

  public ApiKey {
    projects = List.copyOf(projects);
  }

  /**
   * Whether it is for a project.
   *
   * @param project its name
   * @return whether the key counts there
   */
  public boolean covers(String project) {
    return projects.isEmpty() || projects.contains(project);
  }
}
