/**
 * A small client of PostgreSQL. It trusts whom {@code javax.net.ssl.trustStore} names.
 *
 * <p>It uses the JDK and PostgreSQL's JDBC driver.
 */
package sample.jdbcclient;
