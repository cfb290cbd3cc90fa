/** Documents as people have them, with comments and expressions of the host, for golden files. */
import type { Text } from './each.ts';

const terraform = { language: 'terraform', file: 'main.tf' };

export const sources: Readonly<Record<string, Text>> = {
  json: {
    language: 'json',
    file: 'trust-policy.json',
    text: `{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": { "AWS": ["111122223333", "444455556666"] },
    "Action": "sts:AssumeRole",
    "Condition": { "Bool": { "aws:SecureTransport": "true" } }
  }
}
`,
  },
  'cloudformation-yaml': {
    language: 'yaml',
    file: 'template.yaml',
    text: `Parameters:
  Vendor:
    Type: String
Resources:
  TrustedRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          # The vendor looks after our bills.
          - Effect: Allow
            Principal:
              AWS: !Sub arn:\${AWS::Partition}:iam::\${Vendor}:root
            Action: sts:AssumeRole # and nothing else
      Path: /
`,
  },
  'cloudformation-json': {
    language: 'json',
    file: 'template.json',
    text: `{
  "Parameters": { "ExternalId": { "Type": "String" } },
  "Resources": {
    "TrustedRole": {
      "Type": "AWS::IAM::Role",
      "Properties": {
        "AssumeRolePolicyDocument": {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Principal": { "AWS": { "Fn::Sub": "arn:aws:iam::\${Vendor}:root" } },
              "Action": ["sts:AssumeRole"]
            }
          ]
        }
      }
    }
  }
}
`,
  },
  'cloudformation-sub': {
    language: 'yaml',
    file: 'template.yaml',
    text: `Resources:
  TrustedRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: !Sub |
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Principal": { "AWS": "arn:aws:iam::\${Vendor}:root" },
              "Action": "sts:AssumeRole"
            }
          ]
        }
`,
  },
  'terraform-jsonencode': {
    ...terraform,
    text: `variable "external_id" {
  type = string
}

resource "aws_iam_role" "vendor" {
  name = "vendor"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow" # for now
        Principal = { AWS = ["arn:aws:iam::\${var.vendor}:root", var.other] }
        Action    = "sts:AssumeRole"
      },
    ]
  })
}
`,
  },
  'terraform-heredoc': {
    ...terraform,
    text: `resource "aws_iam_role" "vendor" {
  name               = "vendor"
  assume_role_policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Principal": { "AWS": "arn:aws:iam::\${var.vendor}:root" },
          "Action": "sts:AssumeRole"
        }
      ]
    }
  EOT
}
`,
  },
  'terraform-policy-document': {
    ...terraform,
    text: `data "aws_iam_policy_document" "vendor" {
  statement {
    actions = ["sts:AssumeRole"]

    # The vendor looks after our bills.
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::\${var.vendor}:root", var.other]
    }
  }
}

resource "aws_iam_role" "vendor" {
  name               = "vendor"
  assume_role_policy = data.aws_iam_policy_document.vendor.json
}
`,
  },
};
