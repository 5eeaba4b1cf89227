package dev.nofate.cli.publication;

/**
 * A CHECK constraint as the database states it.
 *
 * @param table with its schema
 * @param name of the constraint
 * @param definition as {@code pg_get_constraintdef} writes it
 */
record CheckConstraint(String table, String name, String definition) {}
