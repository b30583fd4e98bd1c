/**
 * A producer and a consumer of Kafka, and a broker to try them with; all of them show a certificate and ask for one. They
 * trust whom {@code javax.net.ssl.trustStore} names.
 *
 * <p>It uses the JDK and Kafka.
 */
package sample.kafkapair;
