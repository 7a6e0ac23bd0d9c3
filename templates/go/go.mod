module {{name}}

go 1.25

require github.com/cdk8s-storage-patterns/cdk8s-storage-patterns-go/cdk8sstoragepatterns v{{version}}
