/** A site and its client by Spring Boot, as its users write them: annotated classes, and properties for the rest. */
package ordinary.boot;
